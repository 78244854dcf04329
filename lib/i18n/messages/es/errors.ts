import type { PersonNamespace } from '../../catalogue';

export const errors: PersonNamespace<'errors'> = {
  invalid_input: 'Algunos datos no son correctos. Revíselos e inténtelo de nuevo.',
  invalid_traits: 'Algunos campos no son correctos. Revise los marcados.',
  unknown_schema: 'Este tipo de perfil ya no existe. Recargue la página.',
  unauthenticated: 'Ya no tiene la sesión iniciada. Inicie sesión para continuar.',
  passkey_required:
    'Se necesita una llave de acceso. Inicie sesión con una llave de acceso o añada una en «Cuenta y seguridad».',
  reauthentication_required: 'Confirme su identidad para continuar.',
  forbidden: 'No tiene permiso para hacer esto. Alguien con un rol superior puede hacerlo.',
  operator_protected: 'Esta persona es operador y solo se puede modificar en la consola.',
  address_unverified:
    'Esta persona no ha verificado su correo electrónico. Se verifica al iniciar sesión con un código por correo.',
  mailbox_unproven: 'Verifique primero este correo electrónico.',
  promotion_refused:
    'Esta persona no puede ser operador: la dirección con la que inicia sesión está en un campo oculto para ella. Cambie primero su esquema.',
  removals_changed: 'Los elementos que se van a eliminar han cambiado. Revíselos de nuevo.',
  job_undo_impossible: 'Esta tarea no se puede deshacer.',
  selection_changed: 'La selección ha cambiado desde que se contó. Compruebe los nuevos números.',
  last_owner: 'Una organización necesita al menos un propietario. Nombre primero a otro.',
  default_project_protected:
    'El primer proyecto y su organización pertenecen a la instalación. No se pueden eliminar y SIGNET_ORIGIN define su dominio.',
  organization_not_empty: 'Esta organización aún tiene proyectos. Elimínelos primero.',
  not_found: 'Esto ya no existe. Recargue la página.',
  method_not_allowed: 'Esta dirección no acepta este tipo de solicitud.',
  unknown_host: 'No hay ningún proyecto en esta dirección.',
  unsupported_media_type: 'Este tipo de contenido no se admite.',
  payload_too_large: 'Es demasiado grande. Inténtelo de nuevo con menos contenido.',
  patch_test_failed: 'Esto ha cambiado entretanto. Recargue la página e inténtelo de nuevo.',
  identifier_taken: 'Este correo electrónico ya está en uso. Elija otro.',
  external_id_taken: 'Este identificador externo ya está en uso. Elija otro.',
  restore_conflict: 'Esta cuenta no se puede restaurar tal cual. Revise los motivos indicados.',
  schema_taken: 'Ya existe un esquema con este identificador. Elija otro.',
  slug_taken: 'Este nombre de URL ya está en uso. Elija otro.',
  origin_taken: 'Otro proyecto ya usa este dominio. Elija otro.',
  version_conflict: 'Otra persona ha modificado esto entretanto. Recargue la página e inténtelo de nuevo.',
  undo_conflict: 'Esto se modificó de nuevo más tarde. Deshaga primero el cambio más reciente.',
  undo_impossible: 'Este cambio no se puede deshacer: ya se deshizo, o lo que cambió ya no existe.',
  precondition_failed: 'Otra persona ha modificado esto entretanto. Recargue la página e inténtelo de nuevo.',
  idempotency_key_reused: 'Esto se envió dos veces con contenido distinto. Recargue la página e inténtelo de nuevo.',
  already_done: 'Esto ya se ha hecho. Recargue la página para ver el resultado.',
  rate_limited: 'Demasiados intentos. Inténtelo de nuevo en {minutes, plural, one {un minuto} other {# minutos}}.',
  overloaded: 'El servicio está muy ocupado. No se ha perdido nada; inténtelo de nuevo en un momento.',
  inactive_identity: 'Esta cuenta está desactivada. Los responsables de este servicio pueden reactivarla.',
  recovery_impossible: 'Esta cuenta no se puede recuperar: está desactivada o no tiene correo electrónico.',
  code_wrong:
    '{triesLeft, plural, =0 {Este código es incorrecto. Solicite uno nuevo.} one {Este código es incorrecto. Le queda un intento.} other {Este código es incorrecto. Le quedan # intentos.}}',
  code_used_or_expired: 'Este código ya no funciona: se ha usado o ha caducado. Solicite uno nuevo.',
  recovery_code_wrong:
    'Este código no funciona. Compruebe el código y su correo electrónico: un código funciona una vez, y los códigos nuevos sustituyen a los anteriores.',
  recovery_codes_off: 'Los códigos de recuperación están desactivados aquí. Inicie sesión de otra forma.',
  pairing_code_wrong: 'Ningún dispositivo muestra este código. Compruébelo o muestre uno nuevo en el otro dispositivo.',
  pairing_ended: 'Esto ha terminado: ya se respondió, se canceló o ha caducado. Empiece de nuevo.',
  link_used_or_expired: 'Este enlace ya no funciona: se ha usado o ha caducado. Solicite uno nuevo.',
  invitation_used_or_expired: 'Este enlace ya no funciona: se ha usado o ha caducado. Solicite uno nuevo.',
  ceremony_expired: 'Ha tardado demasiado. Empiece de nuevo.',
  passkey_verification_failed:
    'No se ha podido verificar esta llave de acceso. Inténtelo de nuevo o inicie sesión con su correo electrónico.',
  passkey_already_registered: 'Este dispositivo ya tiene una llave de acceso para su cuenta.',
  passkey_unknown:
    'Esta llave de acceso no pertenece a ninguna cuenta de aquí. Inicie sesión con su correo electrónico y añada una nueva.',
  too_many_passkeys: 'Ha alcanzado el número máximo de llaves de acceso. Elimine primero alguna que ya no use.',
  too_many_secrets:
    'Se ha alcanzado el número máximo de secretos activos. Espere a que caduque uno, revoque uno en la línea de comandos o elija «Deja de funcionar ahora».',
  last_sign_in_method: 'Es su única forma de iniciar sesión. Añada primero otra llave de acceso.',
  internal: 'Algo ha fallado por nuestra parte. Inténtelo de nuevo en un momento.',
  browser: {
    ceremony_cancelled: 'Cancelado. No se ha cambiado nada.',
    registration_cancelled: 'No se ha añadido ninguna llave de acceso.',
    passkeys_unsupported:
      'Este navegador no admite llaves de acceso. Inicie sesión con su correo electrónico o use otro navegador.',
    offline: 'Parece que no tiene conexión. No se ha perdido nada; inténtelo de nuevo cuando la recupere.',
    csrf: 'Esta página ha estado abierta demasiado tiempo. Recárguela e inténtelo de nuevo.',
    passkey_already_registered: 'Este dispositivo ya tiene una llave de acceso para su cuenta.',
  },
};
