import { vi } from 'vitest';
import { socketContract } from '../suites/sockets.ts';
import { memorySocketTarget } from './targets.ts';

vi.mock('@aws-sdk/client-apigatewaymanagementapi', async (real) =>
  (await import('./sdk.ts')).sdkModule('@aws-sdk/client-apigatewaymanagementapi', await real()),
);

socketContract(memorySocketTarget);
