import { toText } from '../../shared/kernel/index.ts';
import type { CredentialsRow } from '../aws/video-credentials.ts';

/** That credentials are set, as the API shows it. */
export const viewCredentials = ({ provider, setAt, setBy }: CredentialsRow) => ({
  provider,
  setAt: toText(setAt),
  setBy,
});
