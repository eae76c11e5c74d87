import type { OrganisationId } from '../../shared/kernel/index.ts';
import { digest, SECOND } from '../../shared/kernel/index.ts';
import {
  type CredentialProvider,
  type Meeting,
  type MeetingPlan,
  tokenIn,
  type Vendor,
  type VendorAnswer,
  type VendorFailure,
  type VendorRequest,
  vendors,
  videoNotSetUp,
  videoUnavailable,
} from '../../shared/war-room/index.ts';
import { clock } from '../aws/clock.ts';
import { ExpiringCache } from '../aws/expiring-cache.ts';
import { loadVideoCredentials } from '../aws/video-credentials.ts';
import { log } from '../edge/log.ts';
import { OutboundFailure, send } from '../edge/outbound.ts';

/** A function has 10 s in all; the rest is for the table. */
const TIME_FOR_VENDOR = 7 * SECOND;

/** A token is renewed so long before its end. */
const MARGIN = 60 * SECOND;

const tokens = new ExpiringCache<string>(100);

/** Has a vendor make a meeting, with the credentials that the organisation has set; refuses with what happened and what to do. */
export async function vendorMeeting(
  org: OrganisationId,
  provider: CredentialProvider,
  plan: MeetingPlan,
): Promise<Meeting> {
  const loaded = await loadVideoCredentials(org, provider);
  if (loaded === undefined) throw videoNotSetUp(provider);
  // Which vendor it is decides which credentials these are.
  const vendor = vendors[provider] as Vendor<unknown>;
  const until = clock.now() + TIME_FOR_VENDOR;
  const fail = (failure: VendorFailure) => {
    const told = 'answer' in failure ? { status: failure.answer.status } : { because: failure.because };
    log.warn('no video link', { provider, ...told });
    return videoUnavailable(provider, failure);
  };
  const ask = async (request: VendorRequest): Promise<VendorAnswer> =>
    // A meeting that is made twice harms nobody: only one of them is told.
    send(request, { until, repeatable: true }).catch((error: unknown) => {
      throw error instanceof OutboundFailure ? fail({ because: error.message }) : error;
    });
  const name = digest(org, provider, loaded.version);
  const make = async (token: string) => ask(vendor.meetingRequest(loaded.credentials, token, plan));
  const fresh = async (): Promise<string> => {
    const answer = await ask(vendor.tokenRequest(loaded.credentials));
    const found = tokenIn(answer);
    if (found === undefined) throw fail({ answer });
    tokens.set(name, found.token, Math.max(0, found.lifetime * SECOND - MARGIN));
    return found.token;
  };
  const held = tokens.get(name)?.value;
  let answer = await make(held ?? (await fresh()));
  // A token can be withdrawn before its time, as by another environment that asked for one.
  if (answer.status === 401 && held !== undefined) answer = await make(await fresh());
  const meeting = vendor.meetingIn(answer);
  if (meeting === undefined) throw fail({ answer });
  return meeting;
}
