from rest_framework.routers import SimpleRouter

from governance.papers.api import PaperViewSet

router = SimpleRouter()
router.register("papers", PaperViewSet, basename="api-paper")
urlpatterns = router.urls
