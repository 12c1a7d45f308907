"""The staff room's addresses. Names with `account_` and `mfa_` are the ones by which allauth finds its way."""

from django.urls import path

from courtesy.staff.views import account, entry, hours, passkeys, shop, sign_ins, signature, team

staff_urlpatterns = [
    path("sign-in", entry.sign_in, name="account_login"),
    path("sign-in/code", entry.second_step, name="mfa_authenticate"),
    path("sign-out", entry.sign_out, name="account_logout"),
    path("join/<str:token>", entry.join, name="join"),
    path("me", account.account, name="account"),
    path("me", account.account, name="mfa_index"),
    path("me/password", account.change_password, name="account_change_password"),
    path("me/again", account.password_again, name="account_reauthenticate"),
    path("me/again/code", account.code_again, name="mfa_reauthenticate"),
    path("me/authenticator", account.set_up_code_app, name="mfa_activate_totp"),
    path("me/authenticator/change", account.remove_code_app, name="mfa_deactivate_totp"),
    path("me/recovery-codes", account.recovery_codes, name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new", account.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/recovery-codes/file", account.recovery_codes_file, name="mfa_download_recovery_codes"),
    path("sign-in/passkey", passkeys.come_in, name="mfa_login_webauthn"),
    path("me/again/passkey", passkeys.again, name="mfa_reauthenticate_webauthn"),
    path("me/passkeys/new", passkeys.add, name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/name", passkeys.rename, name="mfa_edit_webauthn"),
    path("me/passkeys/<int:pk>/removal", passkeys.remove, name="mfa_remove_webauthn"),
    path("me/sign-ins/<str:mark>/ending", sign_ins.ending, name="sign_in_ending"),
    path("team/<uuid:colleague_id>/signed-out", sign_ins.signed_out, name="colleague_signed_out"),
    path("me/elsewhere", account.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("me/signature", signature.signature, name="signature"),
    path("team", team.team, name="team"),
    path("team/invitations", team.invitations, name="invitations"),
    path("team/invitations/<uuid:invitation_id>/withdrawal", team.invitation_withdrawal, name="invitation_withdrawal"),
    path("team/<uuid:colleague_id>/role", team.role, name="colleague_role"),
    path("team/<uuid:colleague_id>/way-back", team.way_back, name="colleague_way_back"),
    path("shop", shop.shop, name="shop"),
    path("shop/hours", hours.hours, name="shop_hours"),
    path("shop/sending", shop.sending, name="sending"),
    path("shop/recovery-sheet", shop.recovery_sheet, name="recovery_sheet"),
]
