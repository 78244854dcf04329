import type { Locale } from '@/lib/i18n/model';
import { isolated } from '@/lib/platform/text';
import type { Project } from '@/lib/project/model';
import { toAccentTokens } from '@/lib/project/model/accent';

export type Brand = Pick<Project, 'name' | 'origin' | 'accentColor' | 'logoHash'>;

/** A paragraph, or a code or link on a line of its own. */
export type Block = { kind: 'paragraph' | 'code' | 'link'; value: string };

export const paragraph = (value: string): Block => ({ kind: 'paragraph', value });
export const code = (value: string): Block => ({ kind: 'code', value });
export const link = (value: string): Block => ({ kind: 'link', value });

const MAX_LINE_LENGTH = 72;

/**
 * Lines short enough for 7bit and quoted-printable not to break (RFC 2045 §6.7: 76); codes and links must stay whole.
 */
export function toText(blocks: Block[], footer: Block[]): string {
  const lines = ({ kind, value }: Block) => (kind === 'paragraph' ? wrap(value) : value);
  // RFC 3676 §4.3: the mark of a signature
  return `${blocks.map(lines).join('\n\n')}\n\n-- \n${footer.map(lines).join('\n')}\n`;
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

export function toHtml(locale: Locale, parts: string[]): string {
  return [
    `<!doctype html>`,
    `<html lang="${locale}">`,
    `<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>`,
    `<body style="font:16px/24px system-ui,sans-serif;max-width:560px">`,
    ...parts,
    `</body>`,
    `</html>`,
    ``,
  ].join('\n');
}

/**
 * The project's logo from its own origin, with a URL that does not identify the reader; otherwise its name, on the
 * accent color if there is one, with a contrast of at least 4.5:1 regardless of the mail client's colors.
 */
export function brandOf({ name, origin, accentColor, logoHash }: Brand): string {
  const safe = escapeHtml(isolated(name));
  if (logoHash !== null) {
    const source = escapeHtml(`${origin}/branding/logo/${logoHash}`);
    return `<p><img src="${source}" alt="${safe}" height="40" style="height:40px;width:auto;max-width:160px"></p>`;
  }
  const tokens = accentColor === null ? null : toAccentTokens(accentColor);
  if (!tokens) return `<p style="font-weight:600">${safe}</p>`;
  const { accent, onAccent } = tokens.light;
  const look = `display:inline-block;padding:4px 12px;border-radius:6px;background:${accent};color:${onAccent}`;
  return `<p style="font-weight:600"><span style="${look}">${safe}</span></p>`;
}

export function blockOf({ kind, value }: Block): string {
  const safe = escapeHtml(value);
  if (kind === 'code') return `<p style="font:600 28px/36px monospace;letter-spacing:4px">${safe}</p>`;
  return `<p>${kind === 'link' ? anchorOf(value) : safe}</p>`;
}

function anchorOf(url: string): string {
  const safe = escapeHtml(url);
  return `<a href="${safe}">${safe}</a>`;
}

export function footerOf(footer: Block[]): string {
  const parts = footer.map(({ kind, value }) => (kind === 'link' ? anchorOf(value) : escapeHtml(value)));
  return `<p style="font-size:13px;line-height:20px;opacity:.75">${parts.join('<br>')}</p>`;
}

function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
