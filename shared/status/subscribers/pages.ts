import { cut, oneLine } from '../../kernel/index.ts';
import { type Html, html, renderLinkPage } from '../../on-call/index.ts';

/** What somebody sees who subscribes by the form, or followed a link of a mail. */
export type SubscriptionPage =
  | { readonly show: 'asked' }
  | { readonly show: 'too-many' }
  /** What stood in the form is no address; `form` is the page that it may be sent for again. */
  | { readonly show: 'wrong-address'; readonly got: string; readonly form?: string }
  /** The form was not taken for another reason; none is told when the fault is ours. */
  | { readonly show: 'not-taken'; readonly why?: string }
  | { readonly show: 'confirm'; readonly page: string }
  | { readonly show: 'confirmed'; readonly page: string }
  /** A link that was used before. */
  | { readonly show: 'known'; readonly page: string }
  | { readonly show: 'end'; readonly page: string }
  | { readonly show: 'ended' }
  /** Too old, or of an address that is not subscribed any more. */
  | { readonly show: 'over' }
  /** No link of ours; says nothing else. */
  | { readonly show: 'forged' };

/** A page without script, with a way back to the status page. Only its button acts, since mail scanners follow every link. */
export function renderSubscription(page: SubscriptionPage, home: string): string {
  const { title, body } = contentOf(page);
  const back = html`<p><a href="${home}">To the status page</a></p>`;
  return renderLinkPage(title, html`<h1>${title}</h1>${body}${back}`, 'calm');
}

interface Content {
  readonly title: string;
  readonly body: Html;
}

function contentOf(page: SubscriptionPage): Content {
  switch (page.show) {
    case 'asked':
      return told(
        'Look into your mailbox',
        html`If this address is not subscribed yet, a mail with a link is on its way. Updates come after you have confirmed it.`,
      );
    case 'too-many':
      return told(
        'Too many requests',
        html`Nothing was sent. Try again in an hour, or use the Atom feed of the status page.`,
      );
    case 'wrong-address':
      return wrongAddress(page);
    case 'not-taken':
      return told(
        'Nothing was sent',
        html`${page.why === undefined ? 'Something went wrong on our side. Try again in a minute.' : oneLine(page.why)}`,
      );
    default:
      return contentOfLink(page);
  }
}

type LinkPage = Exclude<
  SubscriptionPage,
  { readonly show: 'asked' | 'too-many' | 'wrong-address' | 'not-taken' }
>;

function contentOfLink(page: LinkPage): Content {
  switch (page.show) {
    case 'confirm':
      return {
        title: 'Subscribe',
        body: html`<p>You get a mail for each update about <bdi>${oneLine(page.page)}</bdi> that is published.</p>${button('Subscribe')}`,
      };
    case 'confirmed':
      return told('You are subscribed', subscribed(page.page));
    case 'known':
      return told('You are subscribed already', subscribed(page.page));
    case 'end':
      return {
        title: 'Unsubscribe',
        body: html`<p>No more mails about <bdi>${oneLine(page.page)}</bdi>?</p>${button('Unsubscribe')}`,
      };
    case 'ended':
      return told('You are unsubscribed', html`No more mails come to this address.`);
    case 'over':
      return told(
        'This link has expired',
        html`It works for two days, and only while the address is not removed. Nothing was changed: subscribe again on the status page.`,
      );
    case 'forged':
      return told(
        'This link is not valid',
        html`A part of it may be missing. Open it from the mail once more, or subscribe again on the status page.`,
      );
  }
}

const told = (title: string, text: Html): Content => ({ title, body: html`<p role="status">${text}</p>` });

const subscribed = (page: string): Html =>
  html`Updates of <bdi>${oneLine(page)}</bdi> come by mail. Each mail has a link that ends this.`;

const button = (name: string): Html =>
  html`<form method="post"><button type="submit">${name}</button></form>`;

/** The most of a wrong address that is shown again. */
const SHOWN = 254;

function wrongAddress({ got, form }: Extract<SubscriptionPage, { show: 'wrong-address' }>): Content {
  const shown = cut(oneLine(got).trim(), SHOWN);
  const said = shown === '' ? html`No address was given.` : html`Got “<bdi>${shown}</bdi>”.`;
  const again =
    form === undefined
      ? html``
      : html`<form method="post"><input type="hidden" name="page" value="${form}"><label for="email">E-mail address</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" value="${shown}" aria-describedby="wrong" required><button type="submit">Subscribe</button></form>`;
  return {
    title: 'This is not an e-mail address',
    body: html`<p role="alert" id="wrong">${said} One address is taken, such as name@example.com, of at most 254 characters. Nothing was sent.</p>${again}`,
  };
}
