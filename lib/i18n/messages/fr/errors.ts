import type { PersonNamespace } from '../../catalogue';

export const errors: PersonNamespace<'errors'> = {
  invalid_input: 'Certaines informations ne sont pas valables. Vérifiez-les et réessayez.',
  invalid_traits: 'Certains champs ne sont pas valables. Vérifiez ceux qui sont signalés.',
  unknown_schema: 'Ce type de profil n’existe plus. Rechargez la page.',
  unauthenticated: 'Vous n’êtes plus connecté. Connectez-vous pour continuer.',
  passkey_required:
    'Une clé d’accès est nécessaire. Connectez-vous avec une clé d’accès, ou ajoutez-en une sous « Compte et sécurité ».',
  reauthentication_required: 'Confirmez votre identité pour continuer.',
  forbidden: 'Vous n’avez pas l’autorisation de faire cela. Une personne ayant un rôle supérieur le peut.',
  operator_protected: 'Cette personne est opérateur et ne peut être modifiée que dans la console.',
  address_unverified:
    'Cette personne n’a pas vérifié son adresse e-mail. Une connexion avec un code reçu par e-mail la vérifie.',
  mailbox_unproven: 'Vérifiez d’abord cette adresse e-mail.',
  promotion_refused:
    'Cette personne ne peut pas devenir opérateur : l’adresse avec laquelle elle se connecte se trouve dans un champ qui lui est masqué. Modifiez d’abord son schéma.',
  removals_changed: 'Les éléments à supprimer ont changé. Vérifiez-les à nouveau.',
  job_undo_impossible: 'Cette tâche ne peut pas être annulée.',
  selection_changed: 'La sélection a changé depuis qu’elle a été comptée. Vérifiez les nouveaux nombres.',
  last_owner: 'Une organisation a besoin d’au moins un propriétaire. Désignez d’abord un autre propriétaire.',
  default_project_protected:
    'Le premier projet et son organisation font partie de l’installation. Ils ne peuvent pas être supprimés, et SIGNET_ORIGIN définit leur domaine.',
  organization_not_empty: 'Cette organisation a encore des projets. Supprimez-les d’abord.',
  not_found: 'Cet élément n’existe plus. Rechargez la page.',
  method_not_allowed: 'Cette adresse n’accepte pas ce type de demande.',
  unknown_host: 'Il n’y a aucun projet à cette adresse.',
  unsupported_media_type: 'Ce type de contenu n’est pas pris en charge.',
  payload_too_large: 'C’est trop volumineux. Réessayez avec moins de contenu.',
  patch_test_failed: 'Ces données ont changé entre-temps. Rechargez la page et réessayez.',
  identifier_taken: 'Cette adresse e-mail est déjà utilisée. Choisissez-en une autre.',
  external_id_taken: 'Cet identifiant externe est déjà utilisé. Choisissez-en un autre.',
  restore_conflict: 'Ce compte ne peut pas être restauré tel quel. Vérifiez les raisons indiquées.',
  schema_taken: 'Un schéma portant cet identifiant existe déjà. Choisissez-en un autre.',
  schema_in_use: 'Ce schéma est encore utilisé.',
  schema_changed: 'Le schéma a été modifié entre-temps. Vérifiez à nouveau les conséquences.',
  default_schema_protected: 'Le schéma par défaut ne peut pas être supprimé.',
  group_taken: 'Un groupe portant ce nom existe déjà. Choisissez-en un autre.',
  slug_taken: 'Ce nom d’URL est déjà utilisé. Choisissez-en un autre.',
  origin_taken: 'Un autre projet utilise déjà ce domaine. Choisissez-en un autre.',
  version_conflict: 'Quelqu’un d’autre a modifié ces données entre-temps. Rechargez la page et réessayez.',
  undo_conflict: 'Cela a été modifié de nouveau par la suite. Annulez d’abord la modification la plus récente.',
  undo_impossible:
    'Cette modification ne peut pas être annulée : elle l’a déjà été, ou ce qu’elle concernait n’existe plus.',
  precondition_failed: 'Quelqu’un d’autre a modifié ces données entre-temps. Rechargez la page et réessayez.',
  idempotency_key_reused:
    'Cette demande a été envoyée deux fois avec un contenu différent. Rechargez la page et réessayez.',
  already_done: 'C’est déjà fait. Rechargez la page pour voir le résultat.',
  rate_limited: 'Trop de tentatives. Réessayez dans {minutes, plural, one {une minute} other {# minutes}}.',
  overloaded: 'Le service est très sollicité. Rien n’est perdu ; réessayez dans un instant.',
  inactive_identity: 'Ce compte est désactivé. Les responsables de ce service peuvent le réactiver.',
  recovery_impossible: 'Ce compte ne peut pas être récupéré : il est désactivé ou n’a pas d’adresse e-mail.',
  code_wrong:
    '{triesLeft, plural, =0 {Ce code est incorrect. Demandez-en un nouveau.} one {Ce code est incorrect. Il vous reste une tentative.} other {Ce code est incorrect. Il vous reste # tentatives.}}',
  code_used_or_expired: 'Ce code ne fonctionne plus : il a déjà été utilisé ou a expiré. Demandez-en un nouveau.',
  recovery_code_wrong:
    'Ce code ne fonctionne pas. Vérifiez le code et votre adresse e-mail : un code fonctionne une fois, et de nouveaux codes remplacent les précédents.',
  recovery_codes_off: 'Les codes de récupération sont désactivés ici. Connectez-vous autrement.',
  pairing_code_wrong: 'Aucun appareil n’affiche ce code. Vérifiez-le ou affichez-en un nouveau sur l’autre appareil.',
  pairing_ended: 'C’est terminé : une réponse a déjà été donnée, la demande a été annulée ou a expiré. Recommencez.',
  request_ended: 'Cette connexion est terminée. Revenez à l’application et recommencez.',
  link_used_or_expired: 'Ce lien ne fonctionne plus : il a déjà été utilisé ou a expiré. Demandez-en un nouveau.',
  invitation_used_or_expired: 'Ce lien ne fonctionne plus : il a déjà été utilisé ou a expiré. Demandez-en un nouveau.',
  ceremony_expired: 'Le délai est dépassé. Recommencez.',
  passkey_verification_failed:
    'Cette clé d’accès n’a pas pu être vérifiée. Réessayez, ou connectez-vous avec votre adresse e-mail.',
  passkey_already_registered: 'Cet appareil a déjà une clé d’accès pour votre compte.',
  passkey_unknown:
    'Cette clé d’accès n’appartient à aucun compte ici. Connectez-vous avec votre adresse e-mail, puis ajoutez-en une nouvelle.',
  too_many_passkeys:
    'Vous avez atteint le nombre maximal de clés d’accès. Supprimez d’abord celle que vous n’utilisez plus.',
  too_many_secrets:
    'Le nombre maximal de secrets actifs est atteint. Attendez que l’un d’eux expire, révoquez-en un en ligne de commande, ou choisissez « Cesse immédiatement ».',
  too_many_webhooks: 'Un projet peut avoir 20 webhooks au plus. Supprimez d’abord celui que vous n’utilisez plus.',
  webhook_off: 'Ce webhook est désactivé. Activez-le d’abord.',
  last_sign_in_method: 'C’est votre seul moyen de vous connecter. Ajoutez d’abord une autre clé d’accès.',
  internal: 'Une erreur s’est produite de notre côté. Réessayez dans un instant.',
  browser: {
    ceremony_cancelled: 'Annulé. Rien n’a été modifié.',
    registration_cancelled: 'Aucune clé d’accès n’a été ajoutée.',
    passkeys_unsupported:
      'Ce navigateur ne prend pas en charge les clés d’accès. Connectez-vous avec votre adresse e-mail, ou utilisez un autre navigateur.',
    offline: 'Vous semblez être hors ligne. Rien n’est perdu ; réessayez une fois connecté.',
    csrf: 'Cette page est restée ouverte trop longtemps. Rechargez-la et réessayez.',
    passkey_already_registered: 'Cet appareil a déjà une clé d’accès pour votre compte.',
  },
};
