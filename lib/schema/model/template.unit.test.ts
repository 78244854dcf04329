import { describe, expect, test } from 'vitest';
import { LOCALES } from '@/lib/i18n/model';
import { documentViolations } from '../service/validate-schema';
import { draftRows, flatRows } from './draft';
import { fieldsOf } from './field';
import { TEMPLATES, templateDocument } from './template';

describe.each(TEMPLATES)('the template %s', (template) => {
  const document = templateDocument(template);

  test('is a valid schema with an identifier', () => {
    expect(documentViolations(document)).toEqual([]);
    expect(fieldsOf(document).filter(({ isIdentifier }) => isIdentifier)).toHaveLength(1);
  });

  test('has every title in every language', () => {
    const rows = flatRows(draftRows(document) ?? []);
    expect(rows.length).toBeGreaterThan(4);
    for (const { titles } of rows) expect(Object.keys(titles)).toEqual(LOCALES.filter((locale) => locale !== 'en'));
  });

  test('can be edited in the form', () => {
    expect(flatRows(draftRows(document) ?? []).map(({ kind }) => kind)).not.toContain('other');
  });
});
