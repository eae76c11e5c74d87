import { oneLine } from '../../kernel/index.ts';
import { html, renderLinkPage } from '../../on-call/index.ts';

/** What somebody sees who subscribes by the form, or followed a link of a mail. */
export type SubscriptionPage =
  | { readonly show: 'asked' }
  | { readonly show: 'too-many' }
  | { readonly show: 'confirm'; readonly page: string }
  | { readonly show: 'confirmed'; readonly page: string }
  | { readonly show: 'end'; readonly page: string }
  | { readonly show: 'ended' }
  /** Forged, expired, or of somebody who is no subscriber any more; says nothing else. */
  | { readonly show: 'refused' };

/** A page without script. Only its button acts, since mail scanners follow every link. */
export function renderSubscription(page: SubscriptionPage): string {
  switch (page.show) {
    case 'asked':
      return renderLinkPage(
        'Look into your mailbox',
        html`<h1>Look into your mailbox</h1><p role="status">If this address is not subscribed yet, a mail with a link is on its way. Updates come after you have confirmed it.</p>`,
      );
    case 'too-many':
      return renderLinkPage(
        'Too many requests',
        html`<h1>Too many requests</h1><p role="status">Nothing was sent. Try again in an hour, or use the Atom feed of the page.</p>`,
      );
    case 'confirm':
      return renderLinkPage(
        'Confirm',
        html`<h1>Updates of <bdi>${oneLine(page.page)}</bdi></h1><p>You get a mail for each update that is published.</p><form method="post"><button type="submit">Subscribe</button></form>`,
      );
    case 'confirmed':
      return renderLinkPage(
        'Subscribed',
        html`<h1>You are subscribed</h1><p role="status">Updates of <bdi>${oneLine(page.page)}</bdi> come by mail. Each mail has a link that ends this.</p>`,
      );
    case 'end':
      return renderLinkPage(
        'Unsubscribe',
        html`<h1>Unsubscribe</h1><p>No more mails about <bdi>${oneLine(page.page)}</bdi>?</p><form method="post"><button type="submit">Unsubscribe</button></form>`,
      );
    case 'ended':
      return renderLinkPage(
        'Unsubscribed',
        html`<h1>You are unsubscribed</h1><p role="status">No more mails come to this address.</p>`,
      );
    case 'refused':
      return renderLinkPage(
        'Not valid',
        html`<h1>This link is not valid</h1><p>It may have expired. Subscribe again on the status page.</p>`,
      );
  }
}
