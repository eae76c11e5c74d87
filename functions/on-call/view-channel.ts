import { toText } from '../../shared/kernel/index.ts';
import type { ChannelRow } from '../aws/channel-settings.ts';

/** That a channel is set up, as the API shows it. */
export const viewChannel = ({ channel, setAt, setBy }: ChannelRow) => ({
  channel,
  setAt: toText(setAt),
  setBy,
});
