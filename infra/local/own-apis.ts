import type { Core } from './core.ts';
import { startEventsApi } from './events/api.ts';
import { startInvokeApi } from './lambda/invoke-api.ts';
import type { Running } from './resource.ts';

/** APIs of AWS that the runner answers itself. */
export interface OwnApis extends Running {
  /** Where Lambda is. */
  readonly lambda: string;
  /** What an AWS SDK needs in its environment to reach them. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts them. The system is told their addresses before it is there, and is asked long after. */
export async function startOwnApis(core: () => Core | undefined): Promise<OwnApis> {
  const invoke = await startInvokeApi(core);
  const events = await startEventsApi(core);
  return {
    lambda: invoke.endpoint,
    environment: {
      AWS_ENDPOINT_URL_LAMBDA: invoke.endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: events.endpoint,
    },
    stop: async () => void (await Promise.all([events.stop(), invoke.stop()])),
  };
}
