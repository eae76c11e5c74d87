/** What a failed call to AWS says, and whether the call can have had an effect. */
export interface AwsFault {
  readonly message: string;
  /** AWS refused it, or it was never sent: nothing happened. */
  readonly isClear: boolean;
}

/** Reads the failure of a call to AWS; throws what is none. */
export function awsFault(error: unknown): AwsFault {
  if (!(error instanceof Error)) throw error;
  const { code, $metadata } = error as { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const isKnown = status !== undefined || code !== undefined || /Timeout|Abort/.test(error.name);
  if (!isKnown) throw error;
  const wasRefused = status !== undefined && status >= 400 && status < 500;
  const wasNeverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code ?? '');
  return { message: `${error.name}: ${error.message}`, isClear: wasRefused || wasNeverSent };
}
