import type { Page } from 'playwright-core';

/** Signs somebody in on the page that this tab shows, by the local sign-in. */
export async function signInOn(tab: Page, email = 'admin@example.com'): Promise<void> {
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByLabel('E-mail address').fill(email);
  await tab.getByRole('button', { name: 'Sign in' }).click();
}
