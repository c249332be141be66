from rest_framework.routers import SimpleRouter

from deepdive.api import DeliveryActionViewSet

router = SimpleRouter()
router.register("delivery-actions", DeliveryActionViewSet, basename="api-delivery-action")
urlpatterns = router.urls
