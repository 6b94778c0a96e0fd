from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_yasg.utils import swagger_auto_schema
from rest_framework import permissions, status
from rest_framework.generics import RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet
from rest_framework_simplejwt import views as jwt

from app.api import tokens
from app.api.docs import ERRORS
from app.api.serializers.accounts import MeSerializer, RegisterSerializer
from app.api.throttling import SignInThrottle
from app.http.client_address import client_address
from app.models import Action
from app.services.accounts import accounts, audit


class RegisterViewSet(ViewSet):
    permission_classes = [permissions.AllowAny]
    serializer_class = RegisterSerializer
    throttle_classes = [SignInThrottle]

    @swagger_auto_schema(
        operation_id="register",
        operation_summary="Create an account",
        request_body=RegisterSerializer,
        responses={200: '`{"msg": "OK"}`', **ERRORS(400, 403, 429)},
    )
    def create(self, request: Request, format: str | None = None) -> Response:
        """Weak passwords are refused with all reasons."""
        serializer = RegisterSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        user = serializer.save()
        if settings.ACCOUNT_EMAIL_VERIFICATION != "none":
            for address in user.emailaddress_set.all():
                address.send_confirmation(request._request, signup=True)
        return Response({"msg": "OK"})


class MeView(RetrieveUpdateDestroyAPIView[Any]):
    """Your account."""

    permission_classes = [permissions.IsAuthenticated]
    serializer_class = MeSerializer
    http_method_names = ["get", "patch", "delete", "head", "options"]

    def get_object(self) -> Any:
        return self.request.user

    def perform_update(self, serializer: Any) -> None:
        user = serializer.save()
        if "password" in serializer.validated_data:
            address = client_address(self.request)
            audit.record(action=Action.PASSWORD_CHANGED, user=user, address=address)

    @swagger_auto_schema(
        operation_summary="Delete the account",
        responses={204: "Erased with every upload and result.", **ERRORS(401)},
    )
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Erases the account, its uploads, texts and files at once; there is no way back."""
        accounts.delete(user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ObtainPairView(jwt.TokenObtainPairView):
    """Username and password for an access token (7 days) and a refresh token (15 days)."""

    serializer_class = tokens.ObtainPairSerializer
    throttle_classes = [SignInThrottle]

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        address = client_address(request)
        audit.record(action=Action.TOKEN_ISSUED, user=serializer.user, address=address)
        return Response(serializer.validated_data)


class RefreshView(jwt.TokenRefreshView):
    """A refresh token for a new access token."""

    serializer_class = tokens.RefreshSerializer


class VerifyView(jwt.TokenVerifyView):
    """200 if the token is good, else 401."""

    serializer_class = tokens.VerifySerializer


class BlacklistView(jwt.TokenBlacklistView):
    """Log out: the refresh token stops working."""

    serializer_class = tokens.BlacklistSerializer
