import type { Addresses } from '../../infra/demo/addresses.ts';
import { type ApiClient, apiClient } from '../../infra/demo/api-client.ts';
import { signInAs } from '../../infra/local/sign-in/sign-in-as.ts';

/** So many members of the demo organisation, each with the API as they may use it. */
export async function accounts(addresses: Addresses, count: number): Promise<readonly ApiClient[]> {
  const { api, token, console } = addresses;
  const call = apiClient(api, token);
  const { signIn } = (await (await fetch(`${console}/config.json`)).json()) as {
    readonly signIn: { readonly issuer: string; readonly clientId: string };
  };
  const client = { clientId: signIn.clientId, redirectUri: `${console}/` };
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const email = `bench.${i}@example.com`;
      await call('POST', '/api/members', { email, name: `Bench ${i}`, role: 'responder' });
      return apiClient(api, (await signInAs(signIn.issuer, email, client)).idToken);
    }),
  );
}
