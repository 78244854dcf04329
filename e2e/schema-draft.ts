import { expect, type Locator, type Page } from '@playwright/test';

/** The code editor, once it has taken the place of the text area. */
export async function editorOf(page: Page): Promise<Locator> {
  const editor = page.getByRole('textbox', { name: 'JSON', exact: true });
  await expect(editor).toHaveAttribute('contenteditable', 'true');
  return editor;
}

/** The whole text of the draft: the editor draws only the lines in sight. */
export const draftOf = (page: Page) => page.locator('[name="text"]').inputValue();

/** Replaces the draft, as a paste does. */
export async function pasteDraft(page: Page, text: string): Promise<void> {
  const editor = await editorOf(page);
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+A');
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect.poll(() => draftOf(page)).toBe(text);
}
