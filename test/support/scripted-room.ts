import { WebSocket } from 'ws';
import { RoomConnection, type Socket } from '../../frontend/war-room/connection.ts';
import { apiClient } from '../../infra/demo/api-client.ts';
import { signInAs } from '../../infra/local/sign-in/sign-in-as.ts';
import type { IncidentId, Role } from '../../shared/kernel/index.ts';
import { PROTOCOL_VERSION, type RoomClient } from '../../shared/war-room/index.ts';
import type { App } from './app.ts';

/** Somebody of the organisation who works in a room without a browser, by the very client that browsers have. */
export interface Scripted {
  readonly name: string;
  client(): RoomClient;
  say(text: string, id: string): void;
  /** Resolves as soon as this holds for what the client knows. */
  until(holds: (client: RoomClient) => boolean): Promise<void>;
  leave(): void;
}

/** A member of the demo organisation, made if there is none, and their token. */
export async function memberToken(app: App, name: string, role: Role = 'responder'): Promise<string> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
  await app.call('POST', '/api/members', { email, name, role });
  const { config } = { config: await (await fetch(`${app.addresses.console}/config.json`)).json() };
  const { issuer, clientId } = (config as { signIn: { issuer: string; clientId: string } }).signIn;
  const client = { clientId, redirectUri: `${app.addresses.console}/` };
  return (await signInAs(issuer, email, client)).idToken;
}

/** Comes into a room. */
export function comeIn(app: App, incident: IncidentId, who: { name: string; token: string }): Scripted {
  const call = apiClient(app.addresses.api, who.token);
  const connection = new RoomConnection(incident, {
    luck: 0.5,
    now: () => Date.now(),
    ticket: async () => String((await call('POST', '/api/war-room/tickets')).body.ticket),
    open: (ticket) => new WebSocket(`${app.addresses.socket}?ticket=${ticket}`) as unknown as Socket,
  });
  connection.happen({ is: 'start' });
  return {
    name: who.name,
    client: connection.client,
    say: (text, id) => connection.say({ v: PROTOCOL_VERSION, type: 'chat', incident, id, text }),
    until: (holds) =>
      new Promise((resolve) => {
        const look = () => {
          if (!holds(connection.client())) return;
          stop();
          resolve();
        };
        const stop = connection.subscribe(look);
        look();
      }),
    leave: () => connection.happen({ is: 'stop' }),
  };
}
