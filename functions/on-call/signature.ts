import type { Sign } from '../../shared/kernel/index.ts';
import { signerFor } from '../aws/signer.ts';

/** Signs the links of pages. */
export const linkSigner = (): Promise<Sign> => signerFor('response-link');
