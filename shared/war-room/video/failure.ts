import { providerNames, type VideoProvider } from '../../incidents/index.ts';
import { Refusal } from '../../kernel/index.ts';
import type { CredentialProvider, CredentialsOf } from './credentials.ts';
import { meet } from './meet.ts';
import { teams } from './teams.ts';
import type { Vendor, VendorAnswer } from './vendor.ts';
import { zoom } from './zoom.ts';

/** The vendors by provider. */
export const vendors: { readonly [Name in CredentialProvider]: Vendor<CredentialsOf<Name>> } = {
  zoom,
  teams,
  meet,
};

/** Why a vendor gave no meeting: its answer, or in words what became of the request. */
export type VendorFailure = { readonly answer: VendorAnswer } | { readonly because: string };

const instead = 'Jitsi works without credentials: ask again with {"provider":"jitsi"}.';

/** The refusal of a link that the vendor did not give: what happened, and what to do. */
export function videoUnavailable(provider: CredentialProvider, failure: VendorFailure): Refusal {
  const name = providerNames[provider];
  if ('because' in failure)
    return new Refusal('unavailable', `${name} gave no link: ${failure.because}. Try again. ${instead}`);
  const { answer } = failure;
  const code = vendors[provider].codeIn(answer);
  const said = `${name} gave no link: it answered ${answer.status}${code === undefined ? '' : ` (${code})`}.`;
  return new Refusal('unavailable', `${said} ${adviceFor(provider, answer.status)} ${instead}`);
}

function adviceFor(provider: CredentialProvider, status: number): string {
  if (status === 429) return 'The account has asked for too much in a short time; try again later.';
  if (status >= 500) return 'It has a fault of its own; try again.';
  if (status < 400) return 'That is no answer of its API; check the addresses of the credentials.';
  const { whenRefused } = vendors[provider];
  return `${whenRefused}. New credentials count within a minute.`;
}

/** The refusal of a link for which nobody has set credentials. */
export const videoNotSetUp = (provider: CredentialProvider): Refusal =>
  new Refusal(
    'conflict',
    `There are no credentials for ${providerNames[provider]} here. An administrator sets them by ` +
      `PUT /api/war-room/video-credentials/${provider}. ${instead}`,
  );

/** Whether a provider needs credentials. */
export const needsCredentials = (provider: VideoProvider): provider is CredentialProvider =>
  Object.hasOwn(vendors, provider);
