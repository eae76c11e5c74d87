import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogueWarnings, configurationParts } from '../../../shared/configuration/index.ts';

const catalogue = (...ids: string[]) => configurationParts.parse({ services: ids.map((id) => ({ id })) });
const rest = 'It holds for alerts that name it so, and for no others.';

it('a service that is not in the catalogue is told with those whose names are nearest', () => {
  const known = catalogue('checkout', 'checkout-worker', 'payments', 'search');
  expect(catalogueWarnings(known, ['chekout', 'payments', 'zzz'])).toEqual([
    `There is no service 'chekout' in the catalogue; nearest: 'checkout', 'checkout-worker'. ${rest}`,
    `There is no service 'zzz' in the catalogue; none has a name like it. ${rest}`,
  ]);
});

it('without a catalogue, and of what is in it, nothing is told', () => {
  expect(catalogueWarnings(catalogue(), ['anything'])).toEqual([]);
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z-]{0,20}[a-z]$/), { minLength: 1, maxLength: 10 });
  fc.assert(fc.property(ids, (names) => catalogueWarnings(catalogue(...names), names).length === 0));
});
