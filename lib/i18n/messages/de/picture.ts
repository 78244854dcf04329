import type { TranslatedNamespace } from '../../catalogue';

export const picture: TranslatedNamespace<'picture'> = {
  title: 'Bild',
  help: 'Wird neben Ihrem Namen angezeigt. Apps, die Sie mit diesem Konto nutzen, können es sehen.',
  choose: 'Bild auswählen',
  replace: 'Bild ersetzen',
  remove: 'Bild entfernen',
  formats: 'PNG, JPEG oder WebP. Sie wählen den Ausschnitt; Standort- und Kameradaten bleiben auf Ihrem Gerät.',
  saved: 'Das Bild wurde gespeichert',
  removed: 'Das Bild wurde entfernt',
  noScript: 'Um ein Bild auszuwählen, wird JavaScript benötigt.',
  crop: {
    title: 'Bild anpassen',
    help: 'Ziehen Sie das Bild oder verwenden Sie die Regler.',
    zoom: 'Zoom',
    horizontal: 'Horizontale Position',
    vertical: 'Vertikale Position',
    save: 'Bild speichern',
    saving: 'Wird gespeichert …',
  },
  fault: {
    size: 'Diese Datei ist zu groß. Verwenden Sie eine mit höchstens 20 MB.',
    format: 'Verwenden Sie ein PNG-, JPEG- oder WebP-Bild.',
    unreadable: 'Dieses Bild lässt sich nicht lesen. Möglicherweise ist es beschädigt.',
    encoding: 'Dieser Browser kann das Bild nicht aufbereiten. Versuchen Sie es mit einem anderen Browser.',
  },
};
