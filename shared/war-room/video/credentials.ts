import * as z from 'zod';

// Together well below 4 KB, the most that a parameter of the standard tier holds.
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[\x21-\x7e]+$/, 'Expected visible ASCII characters without spaces');

const segment = text(100).regex(/^[\w.@+-]+$/, 'Expected letters, digits and . @ + - _');

/** Where a vendor is reached: its own address, unless it is reached by another, such as a gateway of one's own. */
const base = (address: string) =>
  text(200)
    .refine(isBase, 'Expected an address without user, query or fragment, such as https://api.example.com')
    .transform((url) => url.replace(/\/+$/, ''))
    .default(address);

/** A Server-to-Server OAuth app of Zoom. */
export const zoomCredentials = z.strictObject({
  accountId: text(100),
  clientId: text(200),
  clientSecret: text(500),
  /** Whose meetings these are: a user id or e-mail address of the account. */
  userId: segment.default('me'),
  oauthUrl: base('https://zoom.us'),
  apiUrl: base('https://api.zoom.us'),
});

/** An app registration of Microsoft Entra with the application permission OnlineMeetings.ReadWrite.All. */
export const teamsCredentials = z.strictObject({
  tenantId: segment,
  clientId: text(200),
  clientSecret: text(500),
  /** The object id of the user for whom the application access policy lets the app make meetings. */
  userId: segment,
  oauthUrl: base('https://login.microsoftonline.com'),
  apiUrl: base('https://graph.microsoft.com'),
});

/** An OAuth client of Google with a refresh token of the user whose meetings these are. */
export const meetCredentials = z.strictObject({
  clientId: text(200),
  clientSecret: text(500),
  refreshToken: text(1_000),
  oauthUrl: base('https://oauth2.googleapis.com'),
  apiUrl: base('https://meet.googleapis.com'),
});

/** The credentials of each provider that needs some. */
export const videoCredentials = {
  zoom: zoomCredentials,
  teams: teamsCredentials,
  meet: meetCredentials,
} as const;

/** A provider that needs credentials. */
export type CredentialProvider = keyof typeof videoCredentials;

/** The providers that need credentials. */
export const credentialProviders = Object.keys(videoCredentials) as [
  CredentialProvider,
  ...CredentialProvider[],
];

export type CredentialsOf<Provider extends CredentialProvider> = z.infer<(typeof videoCredentials)[Provider]>;

function isBase(url: string): boolean {
  if (!/^https?:\/\//.test(url) || /[?#]/.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
