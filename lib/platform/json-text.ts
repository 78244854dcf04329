import { findNodeAtLocation, getLocation, type Node, parseTree } from 'jsonc-parser';
import { isContainer, isJsonObject, type Json, type JsonObject } from './json';
import { syntaxFault } from './json-syntax';

/**
 * The adapter of the library for JSON as text: edits that change one place and leave everything else as it is written,
 * white space and unusual numbers included. Texts are valid JSON (`readObject`), paths consist of keys and indices.
 */

/** `duplicate`: the key that an object has twice. */
export type TextFault = { line: number; kind: 'syntax' | 'object' } | { line: number; kind: 'duplicate'; key: string };

/** The object that a text contains, or why it has none. */
export function readObject(text: string): { value: JsonObject } | { fault: TextFault } {
  const syntax = syntaxFault(text);
  if (syntax !== null) return { fault: { line: lineOf(text, syntax), kind: 'syntax' } };
  const value: Json = JSON.parse(text);
  if (!isJsonObject(value)) return { fault: { line: 1, kind: 'object' } };
  const twice = duplicateKey(treeOf(text));
  if (twice) return { fault: { line: lineOf(text, twice.offset), kind: 'duplicate', key: String(twice.value) } };
  return { value };
}

/** The line of an offset; lines count from 1. */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Sets the value at a path, and creates the objects on the way. Undefined removes it. */
export function setInText(text: string, path: ReadonlyArray<string | number>, value: Json | undefined): string {
  const root = treeOf(text);
  const node = findNodeAtLocation(root, [...path]);
  if (value === undefined) return node ? removeNode(text, node) : text;
  if (node) return replaceValue(text, node, value);
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const ancestor = findNodeAtLocation(root, path.slice(0, depth));
    if (!ancestor) continue;
    if (ancestor.type !== 'object') return replaceValue(text, ancestor, nested(path.slice(depth), value));
    return insertMember(text, ancestor, String(path[depth]), nested(path.slice(depth + 1), value));
  }
  return text;
}

/** Renames the key of a value, in its place. */
export function renameInText(text: string, path: readonly string[], key: string): string {
  const name = findNodeAtLocation(treeOf(text), [...path])?.parent?.children?.[0];
  return name ? spliced(text, name.offset, endOf(name), JSON.stringify(key)) : text;
}

/** Exchanges a member of an object with the one before (-1) or after it (1). */
export function moveInText(text: string, path: readonly string[], by: -1 | 1): string {
  const member = findNodeAtLocation(treeOf(text), [...path])?.parent;
  const members = member?.parent?.children ?? [];
  const at = member ? members.indexOf(member) : -1;
  const [first, second] = [members[Math.min(at, at + by)], members[Math.max(at, at + by)]];
  if (at < 0 || !first || !second) return text;
  const swapped = sourceOf(text, second) + text.slice(endOf(first), second.offset) + sourceOf(text, first);
  return spliced(text, first.offset, endOf(second), swapped);
}

/** Where the cursor is: the path of the value or key, and what of the text a completion replaces. */
export type TextPlace = { path: Array<string | number>; isKey: boolean; start: number; end: number };

/** The place of an offset, also in a text that is not valid JSON yet. */
export function placeAt(text: string, offset: number): TextPlace {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const isWithin = previousNode && previousNode.offset <= offset && offset <= endOf(previousNode);
  const start = isWithin ? previousNode.offset : offset;
  return { path, isKey: isAtPropertyKey, start, end: isWithin ? endOf(previousNode) : offset };
}

/** The value at a path, as far as a text that is not valid JSON yet has one. */
export function valueAround(text: string, path: ReadonlyArray<string | number>): Json | undefined {
  const root = parseTree(text);
  const node = root && findNodeAtLocation(root, [...path]);
  return node && toValue(node);
}

function toValue({ type, value, children = [] }: Node): Json {
  if (type === 'array') return children.map(toValue);
  if (type !== 'object') return value ?? null;
  const members = children.flatMap(({ children: [key, member] = [] }) =>
    key && member ? [[String(key.value), toValue(member)] as const] : [],
  );
  return Object.fromEntries(members);
}

function treeOf(text: string): Node {
  const root = parseTree(text, [], { disallowComments: true });
  if (!root) throw new Error('The text is not valid JSON');
  return root;
}

function duplicateKey(node: Node): Node | null {
  const keys = new Set<unknown>();
  for (const child of node.children ?? []) {
    const [key] = child.type === 'property' ? (child.children ?? []) : [];
    if (key && keys.has(key.value)) return key;
    if (key) keys.add(key.value);
    const inner = duplicateKey(child);
    if (inner) return inner;
  }
  return null;
}

function nested(path: ReadonlyArray<string | number>, value: Json): Json {
  return path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

function replaceValue(text: string, node: Node, value: Json): string {
  const around = isContainerNode(node) ? node : node.parent?.parent;
  const written = write(text, value, {
    base: indentAt(text, node.offset),
    isInline: !around || isInline(text, around),
  });
  return spliced(text, node.offset, endOf(node), written);
}

function insertMember(text: string, object: Node, key: string, value: Json): string {
  const last = object.children?.at(-1);
  const base = indentAt(text, object.offset);
  const isOnOneLine = last ? isInline(text, object) : !text.includes('\n');
  const indent = last ? indentAt(text, last.offset) : base + unitOf(text);
  const space = isOnOneLine ? spaceOf(text) : ' ';
  const member = `${JSON.stringify(key)}:${space}${write(text, value, { base: indent, isInline: isOnOneLine })}`;
  if (last) return spliced(text, endOf(last), endOf(last), `,${isOnOneLine ? space : `\n${indent}`}${member}`);
  const inner = isOnOneLine ? space + member + space : `\n${indent}${member}\n${base}`;
  return spliced(text, object.offset, endOf(object), `{${inner}}`);
}

function removeNode(text: string, node: Node): string {
  const member = node.parent;
  const object = member?.parent;
  if (member?.type !== 'property' || !object?.children) return text;
  const at = object.children.indexOf(member);
  const [before, after] = [object.children[at - 1], object.children[at + 1]];
  if (after) return spliced(text, member.offset, after.offset, '');
  if (before) return spliced(text, endOf(before), endOf(member), '');
  return spliced(text, object.offset, endOf(object), '{}');
}

type Style = { base: string; isInline: boolean };

function write(text: string, value: Json, { base, isInline: isOnOneLine }: Style): string {
  if (!isContainer(value)) return JSON.stringify(value);
  return isOnOneLine
    ? inline(value, spaceOf(text))
    : JSON.stringify(value, null, unitOf(text)).replaceAll('\n', `\n${base}`);
}

function inline(value: Json, space: string): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, space)).join(`,${space}`)}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}:${space}${inline(member, space)}`,
  );
  return members.length > 0 ? `{${space}${members.join(`,${space}`)}${space}}` : '{}';
}

/** What separates items on one line: nothing in a text without white space. */
function spaceOf(text: string): string {
  const [first] = treeOf(text).children ?? [];
  return first?.colonOffset !== undefined && text[first.colonOffset + 1] !== ' ' ? '' : ' ';
}

/** Whether an object or array with content is written on one line. */
function isInline(text: string, node: Node): boolean {
  if (!node.children?.length) return !text.includes('\n');
  return !sourceOf(text, node).includes('\n');
}

function isContainerNode({ type }: Node): boolean {
  return type === 'object' || type === 'array';
}

/** The white space that begins the line of an offset. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

/** One level of indentation, as the text has it. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

function sourceOf(text: string, node: Node): string {
  return text.slice(node.offset, endOf(node));
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function spliced(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}
