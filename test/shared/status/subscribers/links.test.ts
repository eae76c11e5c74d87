import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idOf } from '../../../../shared/kernel/index.ts';
import {
  CONFIRMATION_LIFETIME,
  confirmationToken,
  endToken,
  readConfirmation,
  readEnd,
} from '../../../../shared/status/index.ts';
import { T0 } from '../../../support/given.ts';

const sign = (text: string) =>
  `s${[...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e9, 7)}`;
const who = {
  org: idOf('organisation', T0, 'x'),
  page: idOf('statusPage', 0, 'x'),
  subscriber: idOf('subscriber', 0, 'x'),
};

describe('the links of mails to subscribers', () => {
  it('confirm until two days have passed', () => {
    const token = confirmationToken(who, T0, sign);
    const at = (now: number) => readConfirmation(token, sign, now);
    expect(at(T0 + CONFIRMATION_LIFETIME - 1_000)).toEqual({ outcome: 'valid', subscription: who });
    expect(at(T0 + CONFIRMATION_LIFETIME)).toEqual({ outcome: 'expired', subscription: who });
  });

  it('end a subscription for ever', () => {
    expect(readEnd(endToken(who, sign), sign)).toEqual(who);
  });

  it('[F82] do nothing but what they are for', () => {
    expect(readEnd(confirmationToken(who, T0, sign), sign)).toBeUndefined();
    expect(readConfirmation(endToken(who, sign), sign, T0)).toEqual({ outcome: 'forged' });
  });

  it('[F82] cannot be guessed or changed', () => {
    const token = endToken(who, sign);
    const others = fc.record({ at: fc.nat(token.length - 1), letter: fc.constantFrom(...'aZ0._-') });
    fc.assert(
      fc.property(others, ({ at, letter }) => {
        const changed = token.slice(0, at) + letter + token.slice(at + 1);
        expect(changed === token || readEnd(changed, sign) === undefined).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => readEnd(text, sign) === undefined));
    expect(
      readEnd(
        endToken(who, () => 'forged'),
        sign,
      ),
    ).toBeUndefined();
  });
});
