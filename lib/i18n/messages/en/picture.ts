/** A person’s picture: the field on "Account settings" and on the user’s page in the console, and its dialog. */
export const picture = {
  title: 'Picture',
  help: 'Shown beside your name. Apps you use with this account may see it.',
  choose: 'Choose picture',
  replace: 'Replace picture',
  remove: 'Remove picture',
  formats: 'PNG, JPEG or WebP. You choose the section to show; location and camera data stay on your device.',
  saved: 'The picture was saved',
  removed: 'The picture was removed',
  noScript: 'Choosing a picture requires JavaScript.',
  crop: {
    title: 'Adjust picture',
    help: 'Drag the picture or use the sliders.',
    zoom: 'Zoom',
    horizontal: 'Horizontal position',
    vertical: 'Vertical position',
    save: 'Save picture',
    saving: 'Saving…',
  },
  fault: {
    size: 'This file is too large. Use one of at most 20 MB.',
    format: 'Use a PNG, JPEG or WebP image.',
    unreadable: 'This image cannot be read. It may be damaged.',
    encoding: 'This browser cannot prepare the picture. Try another browser.',
  },
} as const;
