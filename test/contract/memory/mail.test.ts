import { vi } from 'vitest';
import { mailContract } from '../suites/mail.ts';
import { memoryMailTarget } from './targets.ts';

vi.mock('@aws-sdk/client-ses', async (real) =>
  (await import('./sdk.ts')).sdkModule('@aws-sdk/client-ses', await real()),
);

mailContract(memoryMailTarget);
