import { type Direction, directionOf, type Locale } from '@/lib/i18n/model';
import { escapeHtml } from '@/lib/platform/html';
import { isolated } from '@/lib/platform/text';
import type { Project } from '@/lib/project/model';
import { paletteOf, styleSheet } from './style';

export type Brand = Pick<Project, 'name' | 'origin' | 'accentColor'> & {
  /** Whether the message contains the project's logo as `LOGO_CONTENT_ID`. */
  hasLogo?: boolean;
};

/** Content-ID (RFC 2392) of the logo within its message. */
export const LOGO_CONTENT_ID = 'logo@signet.invalid';
/** Of the recipient's picture. */
export const PICTURE_CONTENT_ID = 'picture@signet.invalid';

/** A part of a mail. `facts` are pairs of label and value; an `action` is a button with its link. */
export type Block =
  | { kind: 'paragraph' | 'note' | 'code'; value: string }
  | { kind: 'action'; label: string; url: string }
  | { kind: 'facts'; rows: [label: string, value: string][] }
  | { kind: 'list'; items: string[] };

export const paragraph = (value: string): Block => ({ kind: 'paragraph', value });
/** A paragraph of less weight: validity, and what to do about an unexpected mail. */
export const note = (value: string): Block => ({ kind: 'note', value });
export const code = (value: string): Block => ({ kind: 'code', value });
export const action = (label: string, url: string): Block => ({ kind: 'action', label, url });
export const facts = (rows: [string, string][]): Block => ({ kind: 'facts', rows });
export const list = (items: string[]): Block => ({ kind: 'list', items });

export type MailBody = {
  locale: Locale;
  subject: string;
  brand: Brand;
  greeting: string;
  /** Whether the message contains the recipient's picture as `PICTURE_CONTENT_ID`. */
  hasPicture: boolean;
  blocks: Block[];
  /** The product's subject, where the project has its own texts. */
  original?: string;
  /** Says why this mail came; followed by the project's origin. */
  footer: string;
  /** Introduces the plain link below a button. */
  linkHint: string;
};

const MAX_LINE_LENGTH = 72;

/**
 * Lines short enough for 7bit and quoted-printable not to break (RFC 2045 §6.7: 76); codes and links must stay whole.
 */
export function toText({ locale, brand, greeting, blocks, original, footer }: MailBody): string {
  const direction = directionOf(locale);
  const parts = [wrap(greeting), ...blocks.map((block) => textOf(block, direction)), isolated(brand.name, direction)];
  // RFC 3676 §4.3: the mark of a signature
  const end = [...(original ? [wrap(original)] : []), wrap(footer), brand.origin];
  return `${parts.join('\n\n')}\n\n-- \n${end.join('\n')}\n`;
}

function textOf(block: Block, direction: Direction): string {
  switch (block.kind) {
    case 'code':
      return block.value;
    case 'action':
      return block.url;
    case 'facts':
      return block.rows.map(([label, value]) => wrap(`${label}: ${isolated(value, direction)}`)).join('\n');
    case 'list':
      return block.items.map((item) => wrap(`- ${item}`)).join('\n');
    default:
      return wrap(block.value);
  }
}

function wrap(paragraph: string): string {
  const lines: string[] = [''];
  for (const word of paragraph.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= MAX_LINE_LENGTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n');
}

/**
 * The one layout of all mails: tables and inline styles, which every mail client understands; a style sheet for those
 * with dark mode and narrow screens. It loads nothing and identifies no reader. Alignment follows `dir`, which is set on
 * the outer table too, because some clients drop `html` and `body`.
 */
export function toHtml(body: MailBody): string {
  const { locale, subject, brand, blocks, original, footer, linkHint } = body;
  const palette = paletteOf(brand.accentColor);
  const dir = directionOf(locale);
  const { light } = palette;
  const style = { light, linkHint };
  return `<!doctype html>
<html lang="${locale}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${styleSheet(palette)}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:${light.page}">
<table role="presentation" class="page" dir="${dir}" lang="${locale}" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:${light.page};font-family:${FONT}">
<tr><td align="center" class="outer" style="padding:32px 16px">
<!--[if mso]><table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" dir="${dir}" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="inset text" style="padding:0 32px 20px;font-size:18px;line-height:24px;font-weight:600;color:${light.text}">${brandOf(brand)}</td></tr>
<tr><td class="card inset" style="padding:32px 32px 16px;background-color:${light.card};border:1px solid ${light.line};border-radius:12px">
${[greetingOf(body, style), ...blocks.map((block) => blockOf(block, style))].join('\n')}
</td></tr>
<tr><td class="inset muted" style="padding:20px 32px 0;font-size:13px;line-height:20px;color:${light.muted};${BREAK}">${original ? `${escapeHtml(original)}<br>` : ''}${escapeHtml(footer)}<br>${linkOf(brand.origin, light.muted, 'muted')}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
}

const FONT = "Inter,system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const MONOSPACE = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";
const BREAK = 'overflow-wrap:anywhere;word-break:break-word';

/** Project's logo and name. The name is always text: many clients hide images. */
function brandOf({ name, hasLogo }: Brand): string {
  const safe = escapeHtml(isolated(name));
  if (!hasLogo) return safe;
  const look = 'display:block;height:32px;width:auto;max-width:128px;border-radius:6px';
  const image = `<img src="cid:${LOGO_CONTENT_ID}" class="logo" alt="" height="32" style="${look}">`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td style="padding-inline-end:12px">${image}</td><td class="text" style="font-size:18px;line-height:24px;font-weight:600">${safe}</td></tr></table>`;
}

/** The greeting, beside the recipient's picture if there is one. */
function greetingOf({ greeting, hasPicture }: MailBody, style: Style): string {
  const line = blockOf(paragraph(greeting), style);
  if (!hasPicture) return line;
  const look = 'display:block;width:40px;height:40px;border-radius:20px';
  const image = `<img src="cid:${PICTURE_CONTENT_ID}" alt="" width="40" height="40" style="${look}">`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px"><tr><td style="padding-inline-end:12px">${image}</td><td>${line.replace('margin:0 0 16px', 'margin:0')}</td></tr></table>`;
}

type Style = { light: ReturnType<typeof paletteOf>['light']; linkHint: string };

function blockOf(block: Block, style: Style): string {
  const { light } = style;
  const text = `margin:0 0 16px;font-size:16px;line-height:24px;color:${light.text};${BREAK}`;
  switch (block.kind) {
    case 'paragraph':
      return `<p class="text" style="${text}">${escapeHtml(block.value)}</p>`;
    case 'note':
      return `<p class="muted" style="margin:0 0 16px;font-size:14px;line-height:20px;color:${light.muted};${BREAK}">${escapeHtml(block.value)}</p>`;
    case 'code': {
      const look = `margin:0 0 16px;padding:16px;border-radius:8px;background-color:${light.sunken};color:${light.text};font:600 30px/36px ${MONOSPACE};letter-spacing:6px;text-align:center`;
      return `<p class="text sunken" dir="ltr" style="${look}">${escapeHtml(block.value)}</p>`;
    }
    case 'action':
      return buttonOf(block, style);
    case 'facts':
      return factsOf(block.rows, style);
    case 'list': {
      const items = block.items.map((item) => `<li style="margin:0 0 4px">${escapeHtml(item)}</li>`);
      return `<ul class="text" style="${text};padding-inline-start:20px">${items.join('')}</ul>`;
    }
  }
}

/** A button that needs no image and, by its table cell, works in clients that ignore padding on links. */
function buttonOf({ label, url }: { label: string; url: string }, { light, linkHint }: Style): string {
  const { accent, onAccent } = light;
  const href = escapeHtml(url);
  const look = `display:inline-block;padding:12px 24px;border-radius:8px;font-size:16px;line-height:24px;font-weight:600;color:${onAccent};text-decoration:none`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 12px"><tr><td class="button" bgcolor="${accent}" style="border-radius:8px;background-color:${accent};mso-padding-alt:12px 24px"><a href="${href}" class="button" style="${look}">${escapeHtml(label)}</a></td></tr></table>
<p class="muted" style="margin:0 0 16px;font-size:13px;line-height:20px;color:${light.muted};${BREAK}">${escapeHtml(linkHint)}<br>${linkOf(url, light.muted, 'muted')}</p>`;
}

/** A URL reads from left to right in every language. */
function linkOf(url: string, color: string, name: string): string {
  const safe = escapeHtml(url);
  return `<a href="${safe}" class="${name}" dir="ltr" style="color:${color};text-decoration:underline">${safe}</a>`;
}

function factsOf(rows: [string, string][], { light }: Style): string {
  const cell = 'padding:4px 0;font-size:14px;line-height:20px;vertical-align:top';
  const lines = rows.map(
    ([label, value]) =>
      `<tr><td class="muted" style="${cell};padding-inline-end:16px;white-space:nowrap;color:${light.muted}">${escapeHtml(label)}</td><td class="text" width="100%" style="${cell};color:${light.text};${BREAK}"><bdi>${escapeHtml(value)}</bdi></td></tr>`,
  );
  return `<table role="presentation" class="line" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px;border-top:1px solid ${light.line};border-bottom:1px solid ${light.line}">
<tr><td colspan="2" height="8" style="font-size:0;line-height:8px"></td></tr>${lines.join('')}<tr><td colspan="2" height="8" style="font-size:0;line-height:8px"></td></tr></table>`;
}
