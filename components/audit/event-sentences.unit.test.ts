import { expect, test } from 'vitest';
import { activitySentence } from '@/app/profile/_components/activity-sentence';
import { AUDIT_EVENT_TYPES, type AuditEvent, type AuditEventType } from '@/lib/audit/model';
import type { Locale } from '@/lib/i18n/model';
import { EVENT_DETAILS } from '@/testing/event-details';
import { eventSentence } from './event-sentence';

const namesOf = (subject: string) => ({
  subjectOf: () => subject,
  programOf: () => undefined,
  titles: new Map([['/traits/name/first', 'First name']]),
});

const ISOLATES = /[\u2066-\u2069]/g;
const plain = (text: string) => text.replaceAll(ISOLATES, '');

function sentencesOf(sentence: (event: AuditEvent) => string, types: readonly AuditEventType[]): string {
  const lines = types.flatMap((type) =>
    EVENT_DETAILS[type].map((details) =>
      plain(sentence({ type, details, actorId: 'someone', identityId: 'ada' } as unknown as AuditEvent)),
    ),
  );
  return `\n${lines.join('\n')}\n`;
}

/** The types that concern a person, who sees them in "Recent activity". */
const OF_PEOPLE = AUDIT_EVENT_TYPES.filter(
  (type) =>
    /^(identity|session|sign_in|passkey|pairing|recovery_code|operator)\.|^group\.member/.test(type) &&
    type !== 'identity.exported',
);
const inActivity = (locale: Locale) => sentencesOf((event) => activitySentence(event, locale), OF_PEOPLE);
const inConsole = (locale: Locale) =>
  sentencesOf((event) => eventSentence(event, namesOf('Ada Lovelace'), locale), AUDIT_EVENT_TYPES);

test('every event reads as a sentence', () => {
  for (const text of [inActivity('en'), inActivity('de'), inConsole('en'), inConsole('de')]) {
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(/^\S.*[^\s:]$/);
      expect(line).not.toMatch(/ {2}|undefined|null|[{}]|\b[a-z]+_[a-z]+\b|\w+\.\w+_\w+/);
    }
  }
});

test('in "Recent activity", in English', () => {
  expect(inActivity('en')).toMatchInlineSnapshot(`
    "
    Account created
    Account created
    Account settings changed
    Account deactivated
    Account activated
    Email address ada@example.com verified
    Email address changed to ada@example.org
    Account settings changed
    Picture changed
    Picture removed
    Account deleted
    Account deleted
    Account restored
    Account changed
    Account changed
    Account changed
    Account changed
    Your email address now signs in to an older account that uses the same address
    Recovery link created
    Email address change undone
    Account deletion requested
    Account deletion cancelled
    Account deletion cancelled
    Account deletion cancelled
    Signed in with a passkey
    Signed in with an email code
    Signed in with an email link
    Signed in with a recovery link or code
    Signed in during setup
    Signed in
    Identity confirmed with a passkey
    Identity confirmed with an email code
    Identity confirmed with an email link
    Identity confirmed
    Signed out Firefox on Windows
    Signed out Firefox
    Signed out Firefox on Windows: too many sessions
    Signed out 2 other sessions
    Signed out one other session
    Signed out everywhere: 3 sessions
    Signed out an unknown device
    Sign-in attempt failed: wrong code
    Attempt to confirm your identity failed: wrong code
    Attempt to change the email address failed: wrong code
    Sign-in attempt failed: passkey used on another website
    Sign-in attempt failed: account deactivated
    Sign-in attempt failed
    Sign-in reported as not yours, and ended
    Invitation to add a passkey sent
    Passkey “YubiKey 5” added
    Passkey “Passkey” added
    Passkey “YubiKey 5” renamed to “Key ring”
    Passkey “YubiKey 5” deleted
    New passkey rejected: attestation format not accepted
    Unusual use of passkey “YubiKey 5”: it may have been copied
    Recovery codes created
    Recovery code used: 9 left
    Recovery code used: none left
    Recovery codes deleted
    Code for another device shown
    Another device asked to add a passkey: Firefox on Windows
    Another device asked to add a passkey: Unknown device
    Another device confirmed: Firefox on Windows
    Another device refused
    Code for another device cancelled
    You became an operator
    You became an operator
    Account changed
    Account changed
    Your operator role is now owner
    You are no longer an operator of Acme
    Added to group “Editors”
    Removed from group “Editors”
    "
  `);
});

test('in "Recent activity", in German', () => {
  expect(inActivity('de')).toMatchInlineSnapshot(`
    "
    Konto angelegt
    Konto angelegt
    Kontoeinstellungen geändert
    Konto deaktiviert
    Konto aktiviert
    E-Mail-Adresse ada@example.com bestätigt
    E-Mail-Adresse in ada@example.org geändert
    Kontoeinstellungen geändert
    Bild geändert
    Bild entfernt
    Konto gelöscht
    Konto gelöscht
    Konto wiederhergestellt
    Konto geändert
    Konto geändert
    Konto geändert
    Konto geändert
    Ihre E-Mail-Adresse gehört jetzt zu einem älteren Konto mit derselben Adresse
    Wiederherstellungslink erstellt
    Änderung der E-Mail-Adresse rückgängig gemacht
    Löschung des Kontos veranlasst
    Löschung des Kontos abgebrochen
    Löschung des Kontos abgebrochen
    Löschung des Kontos abgebrochen
    Angemeldet mit einem Passkey
    Angemeldet mit einem Code per E-Mail
    Angemeldet mit einem Link per E-Mail
    Angemeldet mit einem Wiederherstellungslink oder -code
    Angemeldet bei der Einrichtung
    Angemeldet
    Identität bestätigt mit einem Passkey
    Identität bestätigt mit einem Code per E-Mail
    Identität bestätigt mit einem Link per E-Mail
    Identität bestätigt
    Firefox auf Windows abgemeldet
    Firefox abgemeldet
    Firefox auf Windows abgemeldet: zu viele Sitzungen
    2 andere Sitzungen abgemeldet
    Eine andere Sitzung abgemeldet
    Überall abgemeldet: 3 Sitzungen
    Ein unbekanntes Gerät abgemeldet
    Anmeldeversuch fehlgeschlagen: falscher Code
    Versuch, Ihre Identität zu bestätigen, fehlgeschlagen: falscher Code
    Versuch, die E-Mail-Adresse zu ändern, fehlgeschlagen: falscher Code
    Anmeldeversuch fehlgeschlagen: Passkey auf einer anderen Website verwendet
    Anmeldeversuch fehlgeschlagen: Konto deaktiviert
    Anmeldeversuch fehlgeschlagen
    Anmeldung als fremd gemeldet und beendet
    Einladung zum Hinzufügen eines Passkeys verschickt
    Passkey „YubiKey 5“ hinzugefügt
    Passkey „Passkey“ hinzugefügt
    Passkey „YubiKey 5“ in „Key ring“ umbenannt
    Passkey „YubiKey 5“ gelöscht
    Neuer Passkey abgelehnt: Attestation-Format nicht akzeptiert
    Ungewöhnliche Verwendung des Passkeys „YubiKey 5“: Er könnte kopiert worden sein
    Wiederherstellungscodes erstellt
    Wiederherstellungscode verwendet: 9 übrig
    Wiederherstellungscode verwendet: keiner übrig
    Wiederherstellungscodes gelöscht
    Code für ein anderes Gerät angezeigt
    Ein anderes Gerät wollte einen Passkey hinzufügen: Firefox auf Windows
    Ein anderes Gerät wollte einen Passkey hinzufügen: Unbekanntes Gerät
    Anderes Gerät bestätigt: Firefox auf Windows
    Anderes Gerät abgelehnt
    Code für ein anderes Gerät abgebrochen
    Sie sind jetzt Operator
    Sie sind jetzt Operator
    Konto geändert
    Konto geändert
    Ihre Rolle als Operator ist jetzt Inhaber
    Sie sind nicht mehr Operator von Acme
    In die Gruppe „Editors“ aufgenommen
    Aus der Gruppe „Editors“ entfernt
    "
  `);
});

test('in the console, in English', () => {
  expect(inConsole('en')).toMatchInlineSnapshot(`
    "
    Ada Lovelace was created
    Ada Lovelace was created
    Ada Lovelace: First name was changed
    Ada Lovelace was deactivated
    Ada Lovelace was activated
    ada@example.com of Ada Lovelace was verified
    Ada Lovelace: contact / mail was changed
    Ada Lovelace was updated
    The picture of Ada Lovelace was changed
    The picture of Ada Lovelace was removed
    Ada Lovelace was moved to the recycle bin
    A user was permanently deleted
    Ada Lovelace was restored from the recycle bin
    A user in the recycle bin was permanently deleted
    Someone was invited to register
    An invitation to register was revoked
    An email address of Ada Lovelace was verified
    An email address of Ada Lovelace now signs in to an older account that uses the same address
    A recovery link and code were created for Ada Lovelace
    The email address change of Ada Lovelace was undone from the previous address
    Ada Lovelace deleted their account; signing in still brings it back
    Ada Lovelace signed in again, so their account is not deleted
    The deletion of the account of Ada Lovelace was cancelled
    The deletion of the account of Ada Lovelace was cancelled
    2 users were exported as CSV
    No user was exported as JSON Lines
    No user was exported
    Ada Lovelace signed in with a passkey
    Ada Lovelace signed in with an email code
    Ada Lovelace signed in with an email link
    Ada Lovelace signed in with a recovery link or code
    Ada Lovelace signed in during setup
    Ada Lovelace signed in
    Ada Lovelace confirmed their identity with a passkey
    Ada Lovelace confirmed their identity with an email code
    Ada Lovelace confirmed their identity with an email link
    Ada Lovelace confirmed their identity
    A session of Ada Lovelace ended: Firefox on Windows
    A session of Ada Lovelace ended: Firefox
    A session of Ada Lovelace ended because there were too many: Firefox on Windows
    2 other sessions of Ada Lovelace ended
    One other session of Ada Lovelace ended
    All 3 sessions of Ada Lovelace ended
    A session of Ada Lovelace ended
    A sign-in attempt as Ada Lovelace failed: wrong code
    An attempt to confirm the identity of Ada Lovelace failed: wrong code
    An attempt to change the email address of Ada Lovelace failed: wrong code
    A sign-in attempt as Ada Lovelace failed: passkey used on another website
    A sign-in attempt as Ada Lovelace failed: account deactivated
    A sign-in attempt as Ada Lovelace failed
    A sign-in as Ada Lovelace was reported as not theirs, and ended
    Ada Lovelace was invited to add a passkey
    Ada Lovelace added passkey “YubiKey 5”
    Ada Lovelace added passkey “Passkey”
    Passkey “YubiKey 5” of Ada Lovelace was renamed to “Key ring”
    Passkey “YubiKey 5” of Ada Lovelace was deleted
    A new passkey for Ada Lovelace was rejected: attestation format not accepted
    Passkey “YubiKey 5” of Ada Lovelace may have been copied: its signature counter did not increase
    Ada Lovelace created recovery codes
    Ada Lovelace used a recovery code
    Ada Lovelace used a recovery code
    The recovery codes of Ada Lovelace were deleted
    Ada Lovelace showed a code to add a passkey on another device
    Another device asked to add a passkey for Ada Lovelace
    Another device asked to add a passkey for Ada Lovelace
    Ada Lovelace confirmed another device, which may add a passkey
    Another device was refused or cancelled for Ada Lovelace
    Another device was refused or cancelled for Ada Lovelace
    Ada Lovelace became an admin
    Ada Lovelace became an operator
    Someone was invited as a viewer
    An invitation as viewer was revoked
    Ada Lovelace is now an owner
    Ada Lovelace is no longer an operator
    API credential “Payroll” was created
    API credential “Payroll” was updated
    The secret of API credential “Payroll” was rotated
    API credential “Payroll” was revoked
    An access token of “Payroll” was revoked
    A sign-out could not be announced to application “Wiki”
    Ada Lovelace signed in to “Grafana”
    Ada Lovelace gave “Grafana” access
    The access of “Grafana” to Ada Lovelace was removed
    “Grafana” presented a used code of Ada Lovelace; its tokens were ended
    “Grafana” presented a used refresh token of Ada Lovelace; its tokens were ended
    “Grafana” gave up its access to Ada Lovelace
    Application “Grafana” was created
    Application “Grafana” was updated
    Application “Grafana” was disabled
    Application “Grafana” was enabled
    The secret of application “Grafana” was rotated
    A previous secret of application “Grafana” was revoked
    Application “Grafana” was deleted
    Group “Editors” was created
    Group “Editors” was updated
    Group “Editors” was deleted
    Ada Lovelace was added to group “Editors”
    Ada Lovelace was removed from group “Editors”
    Schema “customer” was created
    Schema “customer” has a new version
    A version of schema “customer” was withdrawn
    A withdrawn version of schema “customer” was restored
    Schema “customer” was deleted
    A webhook to https://hooks.example.com/… was created
    The webhook to https://hooks.example.com/… was changed
    The secret of the webhook to https://hooks.example.com/… was rotated
    The webhook to https://hooks.example.com/… was switched off after three days of failures
    The webhook to https://hooks.example.com/… was switched off: its receiver is gone
    The webhook to https://hooks.example.com/… was deleted
    Signing key k1 was created
    The signing keys were rotated: k1 signs now
    Signing key k1 was revoked
    Audit events past their retention period were deleted
    Project “Shop” was created
    Settings of project “Shop” were updated
    Project “Shop” was deleted
    Organization “Acme” was created
    Organization “Acme” was updated
    Organization “Acme” was deleted
    "
  `);
});

test('in the console, in German', () => {
  expect(inConsole('de')).toMatchInlineSnapshot(`
    "
    Ada Lovelace wurde angelegt
    Ada Lovelace wurde angelegt
    Ada Lovelace: First name wurde geändert
    Ada Lovelace wurde deaktiviert
    Ada Lovelace wurde aktiviert
    ada@example.com von Ada Lovelace wurde bestätigt
    Ada Lovelace: contact / mail wurde geändert
    Ada Lovelace wurde geändert
    Das Bild von Ada Lovelace wurde geändert
    Das Bild von Ada Lovelace wurde entfernt
    Ada Lovelace wurde in den Papierkorb verschoben
    Ein Benutzer wurde endgültig gelöscht
    Ada Lovelace wurde aus dem Papierkorb wiederhergestellt
    Ein Benutzer im Papierkorb wurde endgültig gelöscht
    Jemand wurde eingeladen, sich zu registrieren
    Eine Einladung zur Registrierung wurde zurückgezogen
    Eine E-Mail-Adresse von Ada Lovelace wurde bestätigt
    Eine E-Mail-Adresse von Ada Lovelace gehört jetzt zu einem älteren Konto mit derselben Adresse
    Für Ada Lovelace wurden ein Wiederherstellungslink und ein Code erstellt
    Die Änderung der E-Mail-Adresse von Ada Lovelace wurde von der früheren Adresse aus rückgängig gemacht
    Ada Lovelace hat das eigene Konto gelöscht; eine Anmeldung kann es noch wiederherstellen
    Ada Lovelace hat sich wieder angemeldet; das Konto wird nicht gelöscht
    Die Löschung des Kontos von Ada Lovelace wurde abgebrochen
    Die Löschung des Kontos von Ada Lovelace wurde abgebrochen
    2 Benutzer wurden als CSV exportiert
    Kein Benutzer wurde als JSON Lines exportiert
    Kein Benutzer wurde exportiert
    Ada Lovelace hat sich angemeldet (Passkey)
    Ada Lovelace hat sich angemeldet (Code per E-Mail)
    Ada Lovelace hat sich angemeldet (Link per E-Mail)
    Ada Lovelace hat sich angemeldet (Wiederherstellung)
    Ada Lovelace hat sich angemeldet (bei der Einrichtung)
    Ada Lovelace hat sich angemeldet
    Ada Lovelace hat die eigene Identität bestätigt (Passkey)
    Ada Lovelace hat die eigene Identität bestätigt (Code per E-Mail)
    Ada Lovelace hat die eigene Identität bestätigt (Link per E-Mail)
    Ada Lovelace hat die eigene Identität bestätigt
    Eine Sitzung von Ada Lovelace wurde beendet: Firefox auf Windows
    Eine Sitzung von Ada Lovelace wurde beendet: Firefox
    Eine Sitzung von Ada Lovelace wurde beendet, weil es zu viele waren: Firefox auf Windows
    2 andere Sitzungen von Ada Lovelace wurden beendet
    Eine andere Sitzung von Ada Lovelace wurde beendet
    Alle 3 Sitzungen von Ada Lovelace wurden beendet
    Eine Sitzung von Ada Lovelace wurde beendet
    Ein Anmeldeversuch als Ada Lovelace ist fehlgeschlagen: falscher Code
    Ein Versuch, die Identität von Ada Lovelace zu bestätigen, ist fehlgeschlagen: falscher Code
    Ein Versuch, die E-Mail-Adresse von Ada Lovelace zu ändern, ist fehlgeschlagen: falscher Code
    Ein Anmeldeversuch als Ada Lovelace ist fehlgeschlagen: Passkey auf einer anderen Website verwendet
    Ein Anmeldeversuch als Ada Lovelace ist fehlgeschlagen: Konto deaktiviert
    Ein Anmeldeversuch als Ada Lovelace ist fehlgeschlagen
    Eine Anmeldung als Ada Lovelace wurde als fremd gemeldet und beendet
    Ada Lovelace wurde eingeladen, einen Passkey hinzuzufügen
    Ada Lovelace hat den Passkey „YubiKey 5“ hinzugefügt
    Ada Lovelace hat den Passkey „Passkey“ hinzugefügt
    Passkey „YubiKey 5“ von Ada Lovelace wurde in „Key ring“ umbenannt
    Passkey „YubiKey 5“ von Ada Lovelace wurde gelöscht
    Ein neuer Passkey für Ada Lovelace wurde abgelehnt: Attestation-Format nicht akzeptiert
    Passkey „YubiKey 5“ von Ada Lovelace könnte kopiert worden sein: Sein Signaturzähler ist nicht gestiegen
    Ada Lovelace hat Wiederherstellungscodes erstellt
    Ada Lovelace hat einen Wiederherstellungscode verwendet
    Ada Lovelace hat einen Wiederherstellungscode verwendet
    Die Wiederherstellungscodes von Ada Lovelace wurden gelöscht
    Ada Lovelace hat einen Code angezeigt, um auf einem anderen Gerät einen Passkey hinzuzufügen
    Ein anderes Gerät wollte für Ada Lovelace einen Passkey hinzufügen
    Ein anderes Gerät wollte für Ada Lovelace einen Passkey hinzufügen
    Ada Lovelace hat ein anderes Gerät bestätigt, das einen Passkey hinzufügen darf
    Ein anderes Gerät wurde für Ada Lovelace abgelehnt oder abgebrochen
    Ein anderes Gerät wurde für Ada Lovelace abgelehnt oder abgebrochen
    Ada Lovelace hat jetzt die Rolle Admin
    Ada Lovelace hat jetzt die Rolle Operator
    Jemand wurde als Betrachter eingeladen
    Eine Einladung als Betrachter wurde zurückgezogen
    Ada Lovelace ist jetzt Inhaber
    Ada Lovelace ist kein Operator mehr
    API-Zugang „Payroll“ wurde angelegt
    API-Zugang „Payroll“ wurde geändert
    Das Secret des API-Zugangs „Payroll“ wurde rotiert
    API-Zugang „Payroll“ wurde widerrufen
    Ein Zugriffstoken von „Payroll“ wurde widerrufen
    Eine Abmeldung konnte der Anwendung „Wiki“ nicht mitgeteilt werden
    Ada Lovelace hat sich bei „Grafana“ angemeldet
    Ada Lovelace hat „Grafana“ Zugriff gegeben
    Der Zugriff von „Grafana“ auf Ada Lovelace wurde entfernt
    „Grafana“ hat einen verwendeten Code von Ada Lovelace vorgelegt; seine Token wurden beendet
    „Grafana“ hat ein verwendetes Erneuerungstoken von Ada Lovelace vorgelegt; seine Token wurden beendet
    „Grafana“ hat den Zugriff auf Ada Lovelace aufgegeben
    Anwendung „Grafana“ wurde angelegt
    Anwendung „Grafana“ wurde geändert
    Anwendung „Grafana“ wurde deaktiviert
    Anwendung „Grafana“ wurde aktiviert
    Das Secret der Anwendung „Grafana“ wurde erneuert
    Ein früheres Secret der Anwendung „Grafana“ wurde widerrufen
    Anwendung „Grafana“ wurde gelöscht
    Gruppe „Editors“ wurde angelegt
    Gruppe „Editors“ wurde geändert
    Gruppe „Editors“ wurde gelöscht
    Ada Lovelace wurde in die Gruppe „Editors“ aufgenommen
    Ada Lovelace wurde aus der Gruppe „Editors“ entfernt
    Schema „customer“ wurde erstellt
    Schema „customer“ hat eine neue Version
    Eine Version des Schemas „customer“ wurde zurückgezogen
    Eine zurückgezogene Version des Schemas „customer“ wurde wiederhergestellt
    Schema „customer“ wurde gelöscht
    Ein Webhook an https://hooks.example.com/… wurde angelegt
    Der Webhook an https://hooks.example.com/… wurde geändert
    Das Secret des Webhooks an https://hooks.example.com/… wurde rotiert
    Der Webhook an https://hooks.example.com/… wurde nach drei Tagen mit Fehlern ausgeschaltet
    Der Webhook an https://hooks.example.com/… wurde ausgeschaltet: Den Empfänger gibt es nicht mehr
    Der Webhook an https://hooks.example.com/… wurde gelöscht
    Signaturschlüssel k1 wurde erstellt
    Die Signaturschlüssel wurden rotiert: k1 signiert jetzt
    Signaturschlüssel k1 wurde widerrufen
    Audit-Ereignisse wurden nach Ablauf ihrer Aufbewahrungsfrist gelöscht
    Projekt „Shop“ wurde angelegt
    Einstellungen des Projekts „Shop“ wurden geändert
    Projekt „Shop“ wurde gelöscht
    Organisation „Acme“ wurde angelegt
    Organisation „Acme“ wurde geändert
    Organisation „Acme“ wurde gelöscht
    "
  `);
});

test('a wrong recovery code concerns no one known', () => {
  const event = { type: 'sign_in.refused', details: { reason: 'code_wrong', purpose: 'recovery' } };
  const sentence = (locale: Locale) => eventSentence(event as unknown as AuditEvent, namesOf(''), locale);
  expect(sentence('en')).toBe('A sign-in attempt with a recovery code failed: wrong code');
  expect(sentence('de')).toBe('Ein Anmeldeversuch mit einem Wiederherstellungscode ist fehlgeschlagen: falscher Code');
});
