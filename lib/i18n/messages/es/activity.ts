import type { PersonNamespace } from '../../catalogue';

export const activity: PersonNamespace<'activity'> = {
  by: {
    operator: 'por un administrador',
    program: 'mediante la API',
    system: 'automáticamente',
  },
  identity: {
    created: 'Cuenta creada',
    updated: 'Ajustes de la cuenta modificados',
    picture_changed: 'Foto cambiada',
    picture_removed: 'Foto quitada',
    deleted: 'Cuenta eliminada',
    restored: 'Cuenta restaurada',
    purged: 'Cuenta eliminada definitivamente',
    invited: 'Invitación de registro enviada',
    invitation_revoked: 'Invitación de registro revocada',
    email_changed: 'Correo electrónico cambiado a {email}',
    address_verified: 'Correo electrónico {email} verificado',
    email_change_undone: 'Cambio de correo electrónico deshecho',
    identifier_displaced: 'Su correo electrónico abre ahora una cuenta más antigua que usa la misma dirección',
    recovery_issued: 'Enlace de recuperación creado',
    deletion_requested: 'Eliminación de la cuenta solicitada',
    deletion_cancelled: 'Eliminación de la cuenta cancelada',
    activated: 'Cuenta activada',
    deactivated: 'Cuenta desactivada',
  },
  session: {
    started:
      'Inicio de sesión{method, select, passkey { con una llave de acceso} code { con un código por correo} link { con un enlace por correo} recovery { con un enlace o código de recuperación} setup { durante la configuración} other {}}',
    replaced:
      'Identidad confirmada{method, select, passkey { con una llave de acceso} code { con un código por correo} link { con un enlace por correo} other {}}',
    ended: 'Sesión cerrada en {device}',
    ended_unknown: 'Sesión cerrada en un dispositivo desconocido',
    ended_limit: 'Sesión cerrada en {device}: demasiadas sesiones',
    ended_others: '{count, plural, one {Otra sesión cerrada} other {Otras # sesiones cerradas}}',
    ended_all: 'Sesión cerrada en todas partes: {count, plural, one {una sesión} other {# sesiones}}',
  },
  sign_in: {
    refused:
      '{purpose, select, step_up {Intento de confirmar su identidad rechazado} email_change {Intento de cambiar la dirección de correo rechazado} other {Intento de inicio de sesión rechazado}}',
    disowned: 'Inicio de sesión notificado como ajeno y cerrado',
  },
  refusal: {
    code_wrong: 'código incorrecto',
    inactive_identity: 'cuenta desactivada',
    ceremony_expired: 'respuesta tardía',
  },
  passkeyRefusal: {
    malformed_response: 'respuesta ilegible',
    wrong_ceremony: 'respuesta a otro tipo de solicitud',
    wrong_challenge: 'respuesta a otra solicitud',
    wrong_origin: 'llave de acceso usada en otro sitio web',
    framed: 'llave de acceso usada en una página incrustada en otro sitio web',
    wrong_rp_id: 'llave de acceso de otro dominio',
    user_not_present: 'sin confirmación en el dispositivo',
    user_not_verified: 'sin comprobación de huella, rostro o PIN en el dispositivo',
    impossible_backup_state: 'indicadores de copia de seguridad contradictorios',
    changed_backup_eligibility: 'ha cambiado si admite copia de seguridad',
    attestation_format: 'formato de atestación no aceptado',
    unsupported_algorithm: 'algoritmo de firma no admitido',
    unusable_key: 'clave pública inservible',
    wrong_credential_id: 'el identificador de la llave de acceso no coincide',
    wrong_user: 'llave de acceso de otra cuenta',
    wrong_signature: 'firma incorrecta',
  },
  passkey: {
    invited: 'Invitación a añadir una llave de acceso enviada',
    added: 'Llave de acceso «{name}» añadida',
    renamed: 'Llave de acceso «{before}» renombrada como «{name}»',
    deleted: 'Llave de acceso «{name}» eliminada',
    refused: 'Nueva llave de acceso rechazada',
    counter_warning: 'Uso inusual de la llave de acceso «{name}»: es posible que se haya copiado',
  },
  recovery_code: {
    created: 'Códigos de recuperación creados',
    used: 'Código de recuperación usado: {left, plural, =0 {no queda ninguno} one {queda uno} other {quedan #}}',
    revoked: 'Códigos de recuperación eliminados',
  },
  pairing: {
    started: 'Código para otro dispositivo mostrado',
    requested: 'Otro dispositivo pidió añadir una llave de acceso: {device}',
    confirmed: 'Otro dispositivo confirmado: {device}',
    ended: '{reason, select, refused {Otro dispositivo rechazado} other {Código para otro dispositivo cancelado}}',
  },
  operator: {
    added: 'Ahora es operador',
    invited: 'Operador invitado',
    invitation_revoked: 'Invitación de operador revocada',
    role_changed:
      'Su rol de operador es ahora {role, select, owner {propietario} admin {administrador} viewer {lector} other {otro}}',
    removed: 'Ya no es operador de {organization}',
  },
  api_credential: {
    created: 'Credencial de API «{name}» creada',
    updated: 'Credencial de API «{name}» modificada',
    rotated: 'Secreto de la credencial de API «{name}» renovado',
    revoked: 'Credencial de API «{name}» revocada',
  },
  access_token: {
    revoked: 'Token de acceso de la credencial de API «{name}» revocado',
  },
  schema: {
    created: 'Esquema «{name}» creado',
    updated: 'Nueva versión del esquema «{name}»',
  },
  signing_key: {
    created: 'Clave de firma creada',
    rotated: 'Claves de firma renovadas',
    revoked: 'Clave de firma revocada',
  },
  audit_event: {
    purged: 'Eventos de auditoría caducados eliminados',
  },
  project: {
    created: 'Proyecto «{name}» creado',
    updated: 'Ajustes del proyecto «{name}» modificados',
    deleted: 'Proyecto «{name}» eliminado',
  },
  organization: {
    created: 'Organización «{name}» creada',
    updated: 'Organización «{name}» modificada',
    deleted: 'Organización «{name}» eliminada',
  },
  other: 'Cuenta modificada',
};
