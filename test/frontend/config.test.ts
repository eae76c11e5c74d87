import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseConfig } from '../../frontend/session/config.ts';

const whole = {
  organisation: 'Example',
  api: 'https://api.example.com/live',
  socket: 'wss://socket.example.com/live',
  signIn: { issuer: 'https://issuer.example.com/pool', clientId: 'console' },
};

test('what the stack writes is read as it is', () => {
  expect(parseConfig(whole)).toEqual(whole);
});

test('a certificate that is to be trusted is read where there is one', () => {
  const certificateAuthority = '/home/ada/.local/certificate.pem';
  expect(parseConfig({ ...whole, certificateAuthority })).toEqual({ ...whole, certificateAuthority });
  for (const none of ['', 7, null])
    expect(parseConfig({ ...whole, certificateAuthority: none })).toEqual(whole);
});

test('a slash at the end of the address of the API does not double', () => {
  expect(parseConfig({ ...whole, api: `${whole.api}/` }).api).toBe(whole.api);
});

test('every missing field is named', () => {
  expect(() => parseConfig({ organisation: 'Example', signIn: { issuer: 7 } })).toThrow(
    '/config.json has no api, no socket, no signIn.issuer, no signIn.clientId.',
  );
});

test('anything else is refused with words, never with a type error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(() => parseConfig(value)).toThrow(/^\/config\.json has no /);
    }),
  );
});
