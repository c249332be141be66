from rest_framework.routers import SimpleRouter

from governance.boards.api import BoardActionViewSet, MeetingViewSet

router = SimpleRouter()
router.register("meetings", MeetingViewSet, basename="api-meeting")
router.register("board-actions", BoardActionViewSet, basename="api-board-action")
urlpatterns = router.urls
