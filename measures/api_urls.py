"""The read API's addresses of measures."""

from rest_framework.routers import SimpleRouter

from measures import api, api_standing

router = SimpleRouter()
router.register("plans", api.PlanViewSet, basename="api-plan")
router.register("measures", api.MeasureViewSet, basename="api-measure")
router.register("observations", api.ObservationViewSet, basename="api-observation")
router.register("signals", api.SignalViewSet, basename="api-signal")
router.register("peer-verdicts", api_standing.PeerVerdictViewSet, basename="api-peer-verdict")
router.register("projections", api_standing.ProjectionViewSet, basename="api-projection")
urlpatterns = router.urls
