import { toAccentTokens } from '@/lib/project/model/accent';

/** Colors of one theme: the tokens of app/globals.css as `#rrggbb`, which every mail client understands. */
export type Theme = {
  page: string;
  card: string;
  sunken: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  onAccent: string;
};

export type Palette = { light: Theme; dark: Theme };

const LIGHT: Theme = {
  page: '#f3f1ed',
  card: '#fffefd',
  sunken: '#f3f1ed',
  text: '#26201c',
  muted: '#635b55',
  line: '#e2dfda',
  accent: '#085b87',
  onAccent: '#f9fcfe',
};

const DARK: Theme = {
  page: '#151311',
  card: '#1e1a18',
  sunken: '#262320',
  text: '#ebe8e3',
  muted: '#aca8a0',
  line: '#34302c',
  accent: '#78bde7',
  onAccent: '#091923',
};

/** The product's colors, with the project's accent if it is usable. */
export function paletteOf(accentColor: string | null): Palette {
  const own = accentColor === null ? null : toAccentTokens(accentColor);
  if (!own) return { light: LIGHT, dark: DARK };
  const { light, dark } = own;
  return {
    light: { ...LIGHT, accent: light.accent, onAccent: light.onAccent },
    dark: { ...DARK, accent: dark.accent, onAccent: dark.onAccent },
  };
}

/** Overrides inline styles, hence `!important`. A logo may be dark and transparent: in the dark it gets a light plate. */
export function styleSheet({ dark }: Palette): string {
  return `
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.outer{padding:16px 8px!important}.inset{padding-inline:20px!important}}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.page}!important}
.card{background-color:${dark.card}!important;border-color:${dark.line}!important}
.line{border-color:${dark.line}!important}
.sunken{background-color:${dark.sunken}!important}
.text{color:${dark.text}!important}
.muted{color:${dark.muted}!important}
.button{background-color:${dark.accent}!important;color:${dark.onAccent}!important}
.logo{background-color:#fff!important;padding:4px!important}
}
`;
}
