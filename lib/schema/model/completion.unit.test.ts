import { describe, expect, test } from 'vitest';
import { completionsAt } from './completion';

/** The completions at the mark `|`: their labels, and the text after choosing one. */
function at(marked: string) {
  const text = marked.replace('|', '');
  const found = completionsAt(text, marked.indexOf('|'));
  const choose = (label: string) => {
    const option = found?.options.find((each) => each.label === label);
    return found && option && text.slice(0, found.start) + option.text + text.slice(found.end);
  };
  return { labels: found?.options.map(({ label }) => label) ?? [], choose };
}

const inField = (node: string) => `{"properties": {"traits": {"properties": {"a": ${node}}}}}`;

describe('completes', () => {
  test('keywords of a schema, without those it has', () => {
    const { labels } = at(inField('{"title": "A", |}'));
    expect(labels).toEqual(expect.arrayContaining(['type', 'format', 'x-signet']));
    expect(labels).not.toContain('title');
  });

  test('a keyword with its value, or alone before a colon', () => {
    expect(at(inField('{"ti|"}')).choose('title')).toBe(inField('{"title": ""}'));
    expect(at(inField('{"ti|": "A"}')).choose('title')).toBe(inField('{"title": "A"}'));
    expect(at(inField('{ti|}')).choose('title')).toBe(inField('{"title": ""}'));
  });

  test.each([
    ['types', '{"type": "|"}', 'integer'],
    ['formats', '{"format": |}', 'email'],
    ['the rights of people', '{"x-signet": {"selfService": "|"}}', 'writeOnce'],
    ['members of x-signet', '{"x-signet": {|}}', 'identifier'],
    ['languages', '{"x-signet": {"titles": {"|"}}}', 'de'],
    ['keywords of an item', '{"type": "array", "items": {|}}', 'type'],
    ['keywords of a choice', '{"oneOf": [{"const": 1, |}]}', 'title'],
  ])('%s', (_, node, label) => expect(at(inField(node)).labels).toContain(label));

  test('required fields by the names of the properties', () => {
    expect(at('{"properties": {"a": {}, "b": {}}, "required": ["b", "|"]}').labels).toEqual(['a']);
  });

  test('references by what the document defines', () => {
    expect(at('{"$defs": {"a/b": {}}, "not": {"$ref": "|"}}').labels).toEqual(['#/$defs/a~1b']);
  });
});

test.each([
  ['the names of properties', '{"properties": {"|"}}'],
  ['listed values', '{"enum": ["|"]}'],
  ['a title', '{"title": "|"}'],
])('completes nothing for %s', (_, marked) => expect(at(marked).labels).toEqual([]));
