import { Loader } from '@mantine/core';

/** Shown until the first answer is there. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <p className="waiting" role="status">
      <Loader size="sm" aria-hidden="true" /> Loading {what} …
    </p>
  );
}
