import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../shared/kernel/index.ts';
import { subscribersApi } from '../../../../shared/status/api-subscribers.ts';
import {
  askToSubscribe,
  confirmationMail,
  confirmSubscriber,
  endHeaders,
  isLapsed,
  type PageIncident,
  renderSubscription,
  type Update,
  updateMail,
} from '../../../../shared/status/index.ts';
import { minutes, T0 } from '../../../support/given.ts';

const page = { name: 'Acme', url: 'https://status.example/', endUrl: 'https://api.example/end' };
const told = (title: string, text: string) => {
  const id = idOf('statusIncident', 0, 'x');
  const update: Update = {
    ...{ id: idOf('statusUpdate', 0, 'x'), incident: id, state: 'identified', text },
    ...{ affected: [], at: T0, number: 1 },
  };
  const incident: PageIncident = {
    ...{ id, title, impact: 'minor', internal: false, state: 'identified' },
    ...{ affected: [], createdAt: T0, updatedAt: T0 },
  };
  return { incident, update };
};

describe('a mail to a subscriber', () => {
  it('says what was published, where, and how to end it', () => {
    const mail = updateMail(told('Shop is slow', 'We found it.\n\nMore soon.'), page);
    expect(mail.subject).toBe('[Acme] Identified: Shop is slow');
    for (const form of [mail.text, mail.html])
      for (const part of ['We found it.', 'More soon.', page.url, page.endUrl]) expect(form).toContain(part);
  });

  it('[F82] carries no header or markup that somebody wrote into a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, text) => {
        const mail = updateMail(told(`${title}\r\nBcc: x@example.com`, `${text}<script>`), {
          ...page,
          name: title,
        });
        expect(mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(mail.html).not.toContain('<script>');
        expect(confirmationMail(`${title}\n`, 'https://x').subject).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('can be ended with one click of a mail program', () => {
    expect(endHeaders('https://x/end')).toEqual({
      'List-Unsubscribe': '<https://x/end>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('[F82] goes to no address that could begin a header', () => {
    const takes = (email: string) => subscribersApi.subscribe.body.safeParse({ email });
    for (const wrong of [
      'a@b.c\r\nBcc: d@e.fr',
      'a@b.c\nx',
      'a',
      'a@b',
      `${'a'.repeat(300)}@b.com`,
      'a@b.com,c@d.com',
    ])
      expect(takes(wrong).success, wrong).toBe(false);
    expect(takes(' Ann@Example.COM ').data?.email).toBe('ann@example.com');
  });
});

const home = 'https://status.example.com/';

describe('a subscriber', () => {
  const place = { org: idOf('organisation', T0, 'x'), page: idOf('statusPage', 0, 'x'), email: 'a@b.com' };

  it('is the same one however often an address asks', () => {
    expect(askToSubscribe(place, T0).id).toBe(askToSubscribe(place, minutes(9)).id);
  });

  it('is forgotten after two days without an answer, and stays when confirmed', () => {
    const asked = askToSubscribe(place, T0);
    const later = minutes(2 * 24 * 60);
    expect([isLapsed(asked, later - 1), isLapsed(asked, later)]).toEqual([false, true]);
    const confirmed = confirmSubscriber(asked, T0);
    expect(isLapsed(confirmed, later)).toBe(false);
    expect(confirmSubscriber(confirmed, later)).toEqual(confirmed);
  });

  it('sees pages whose names are only text', () => {
    for (const show of ['confirm', 'confirmed', 'known', 'end'] as const)
      expect(renderSubscription({ show, page: '<script>x' }, home)).not.toContain('<script>');
    for (const show of ['asked', 'too-many', 'ended', 'over', 'forged'] as const)
      expect(renderSubscription({ show }, home)).toMatch(/<h1>.+href="https:\/\/status\.example\.com\/"/);
  });

  it('sees pages whose buttons alarm nobody', () => {
    for (const show of ['confirm', 'end'] as const)
      expect(renderSubscription({ show, page: 'Acme' }, home)).toContain('<main class="calm">');
  });

  it('[F82] sees again what stood in the form, as text alone, whatever it was', () => {
    const tags = (got: string) =>
      renderSubscription({ show: 'wrong-address', got: `x${got}`, form: 'page_1' }, home)
        .replace(/ value="x[^"<>]*"/, '')
        .match(/<[^>]*>/g);
    const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('"><script>x</script>'));
    fc.assert(
      fc.property(texts, (got) => {
        expect(tags(got)).toEqual(tags(''));
      }),
    );
    expect(renderSubscription({ show: 'wrong-address', got: ' ' }, home)).toContain('No address was given.');
    expect(renderSubscription({ show: 'not-taken', why: '<b>' }, home)).toContain('&lt;b&gt;');
  });
});
