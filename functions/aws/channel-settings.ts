import type { OrganisationId } from '../../shared/kernel/index.ts';
import { keptSettings, type SetChannel, type SettingsOf } from '../../shared/on-call/index.ts';
import { schema } from '../../shared/table/index.ts';
import { type SecretRow, vendorSecrets } from './vendor-secrets.ts';

/** That a channel of pages is set up. */
export interface ChannelRow extends SecretRow {
  readonly channel: SetChannel;
}

const kept = vendorSecrets<SetChannel, ChannelRow>({
  path: 'channelParameters',
  partition: (org) => schema.channelSettings.partition({ org }),
  key: (org, channel) => schema.channelSettings.key({ org, channel }),
  row: (channel, common) => ({ channel, ...common }),
});

/** Keeps the settings of a channel, then the row that makes them count. */
export const setChannel = kept.set;

/** A channel takes no page any more once its row is gone; then its settings are removed. */
export const removeChannel = kept.remove;

/** Which channels are set up. */
export const listChannels = kept.list;

/** The settings of a channel that count; undefined when nobody has set it up. */
export async function loadChannel<Channel extends SetChannel>(
  org: OrganisationId,
  channel: Channel,
): Promise<SettingsOf<Channel> | undefined> {
  const found = await kept.load(org, channel);
  return found && (keptSettings[channel].parse(found.value) as SettingsOf<Channel>);
}
