import type { PersonNamespace } from '../../catalogue';

export const activity: PersonNamespace<'activity'> = {
  by: {
    operator: 'par un administrateur',
    program: 'par l’API',
    system: 'automatiquement',
  },
  identity: {
    created: 'Compte créé',
    updated: 'Paramètres du compte modifiés',
    picture_changed: 'Photo modifiée',
    picture_removed: 'Photo supprimée',
    deleted: 'Compte supprimé',
    restored: 'Compte restauré',
    purged: 'Compte supprimé définitivement',
    invited: 'Invitation à s’inscrire envoyée',
    invitation_revoked: 'Invitation à s’inscrire révoquée',
    email_changed: 'Adresse e-mail remplacée par {email}',
    address_verified: 'Adresse e-mail {email} vérifiée',
    email_change_undone: 'Changement d’adresse e-mail annulé',
    identifier_displaced: 'Votre adresse e-mail ouvre désormais un compte plus ancien qui utilise la même adresse',
    recovery_issued: 'Lien de récupération créé',
    deletion_requested: 'Suppression du compte demandée',
    deletion_cancelled: 'Suppression du compte annulée',
    activated: 'Compte activé',
    deactivated: 'Compte désactivé',
  },
  session: {
    started:
      'Connexion{method, select, passkey { avec une clé d’accès} code { avec un code reçu par e-mail} link { avec un lien reçu par e-mail} recovery { avec un lien ou un code de récupération} setup { pendant la configuration} other {}}',
    replaced:
      'Identité confirmée{method, select, passkey { avec une clé d’accès} code { avec un code reçu par e-mail} link { avec un lien reçu par e-mail} other {}}',
    ended: 'Déconnexion de {device}',
    ended_unknown: 'Déconnexion d’un appareil inconnu',
    ended_limit: 'Déconnexion de {device} : trop de sessions',
    ended_others: 'Déconnexion de {count, plural, one {une autre session} other {# autres sessions}}',
    ended_all: 'Déconnexion partout : {count, plural, one {une session} other {# sessions}}',
  },
  sign_in: {
    refused:
      '{purpose, select, step_up {Tentative de confirmer votre identité refusée} email_change {Tentative de changer l’adresse e-mail refusée} other {Tentative de connexion refusée}}',
    disowned: 'Connexion signalée comme étrangère et fermée',
  },
  refusal: {
    code_wrong: 'code incorrect',
    inactive_identity: 'compte désactivé',
    ceremony_expired: 'réponse trop tardive',
  },
  passkeyRefusal: {
    malformed_response: 'réponse illisible',
    wrong_ceremony: 'réponse à un autre type de demande',
    wrong_challenge: 'réponse à une autre demande',
    wrong_origin: 'clé d’accès utilisée sur un autre site',
    framed: 'clé d’accès utilisée sur une page intégrée dans un autre site',
    wrong_rp_id: 'clé d’accès destinée à un autre domaine',
    user_not_present: 'aucune confirmation sur l’appareil',
    user_not_verified: 'ni empreinte, ni visage, ni code PIN vérifié sur l’appareil',
    impossible_backup_state: 'indications de sauvegarde contradictoires',
    changed_backup_eligibility: 'la possibilité de sauvegarde a changé',
    attestation_format: 'format d’attestation non accepté',
    unsupported_algorithm: 'algorithme de signature non pris en charge',
    unusable_key: 'clé publique inutilisable',
    wrong_credential_id: 'l’identifiant de la clé d’accès ne correspond pas',
    wrong_user: 'clé d’accès d’un autre compte',
    wrong_signature: 'signature incorrecte',
  },
  passkey: {
    invited: 'Invitation à ajouter une clé d’accès envoyée',
    added: 'Clé d’accès « {name} » ajoutée',
    renamed: 'Clé d’accès « {before} » renommée en « {name} »',
    deleted: 'Clé d’accès « {name} » supprimée',
    refused: 'Nouvelle clé d’accès refusée',
    counter_warning: 'Utilisation inhabituelle de la clé d’accès « {name} » : elle a peut-être été copiée',
  },
  recovery_code: {
    created: 'Codes de récupération créés',
    used: 'Code de récupération utilisé : {left, plural, =0 {aucun restant} one {un restant} other {# restants}}',
    revoked: 'Codes de récupération supprimés',
  },
  pairing: {
    started: 'Code pour un autre appareil affiché',
    requested: 'Un autre appareil a demandé à ajouter une clé d’accès : {device}',
    confirmed: 'Autre appareil confirmé : {device}',
    ended: '{reason, select, refused {Autre appareil refusé} other {Code pour un autre appareil annulé}}',
  },
  operator: {
    added: 'Vous êtes devenu opérateur',
    invited: 'Opérateur invité',
    invitation_revoked: 'Invitation d’opérateur révoquée',
    role_changed:
      'Votre rôle d’opérateur est maintenant {role, select, owner {propriétaire} admin {administrateur} viewer {lecteur} other {différent}}',
    removed: 'Vous n’êtes plus opérateur de {organization}',
  },
  api_credential: {
    created: 'Identifiants d’API « {name} » créés',
    updated: 'Identifiants d’API « {name} » modifiés',
    rotated: 'Secret des identifiants d’API « {name} » renouvelé',
    revoked: 'Identifiants d’API « {name} » révoqués',
  },
  access_token: {
    revoked: 'Jeton d’accès des identifiants d’API « {name} » révoqué',
  },
  schema: {
    created: 'Schéma « {name} » créé',
    updated: 'Nouvelle version du schéma « {name} »',
  },
  signing_key: {
    created: 'Clé de signature créée',
    rotated: 'Clés de signature renouvelées',
    revoked: 'Clé de signature révoquée',
  },
  audit_event: {
    purged: 'Événements d’audit expirés supprimés',
  },
  project: {
    created: 'Projet « {name} » créé',
    updated: 'Paramètres du projet « {name} » modifiés',
    deleted: 'Projet « {name} » supprimé',
  },
  organization: {
    created: 'Organisation « {name} » créée',
    updated: 'Organisation « {name} » modifiée',
    deleted: 'Organisation « {name} » supprimée',
  },
  other: 'Compte modifié',
};
