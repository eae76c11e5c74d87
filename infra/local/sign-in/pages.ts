/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #5b6875; --paper: #fff; --back: #eef1f5; --line: #c9d1da; --act: #1d5fd1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf3; --soft: #9aa7b5; --paper: #1a222c; --back: #10161d; --line: #37434f; --act: #7eabff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--back);
  color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .25rem; font-size: 1.4rem; }
p { margin: 0 0 1.25rem; color: var(--soft); }
label { display: block; margin-bottom: .35rem; font-weight: 600; }
input, button { width: 100%; padding: .65rem .8rem; font: inherit; border-radius: 8px; }
input { border: 1px solid var(--line); background: transparent; color: inherit; }
button { margin-top: 1rem; border: 0; background: var(--act); color: var(--paper); font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
[role=alert] { color: inherit; border-left: 4px solid #c62f2f; padding-left: .75rem; }`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
}

/** What the login page shows. */
export interface LoginPage {
  readonly action: string;
  readonly email: string;
  readonly suggestions: readonly string[];
  readonly fault?: string;
}

/** The local login page: an address is enough, and the page says so. */
export function loginPage({ action, email, suggestions, fault }: LoginPage): string {
  const options = suggestions.map((one) => `<option value="${escapeHtml(one)}"></option>`).join('');
  return page(
    'Local sign-in',
    `<h1>Local sign-in</h1>
<p>This system runs on your machine. Any e-mail address signs in, without a password; nothing is sent to it.</p>
${fault === undefined ? '' : `<p role="alert" id="fault">${escapeHtml(fault)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus maxlength="254" list="known"
 value="${escapeHtml(email)}"${fault === undefined ? '' : ' aria-invalid="true" aria-describedby="fault"'}>
<datalist id="known">${options}</datalist>
<button type="submit">Sign in</button>
</form>`,
  );
}

/** What a person sees when a request to sign in is wrong. */
export function errorPage(error: string, description: string): string {
  return page(
    'Sign-in failed',
    `<h1>Sign-in failed</h1><p role="alert">${escapeHtml(error)}: ${escapeHtml(description)}</p>`,
  );
}
