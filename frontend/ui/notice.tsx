import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';

/** Something went wrong; read out at once. */
export function Notice({ children }: { readonly children: ReactNode }) {
  return <Alert color="red">{children}</Alert>;
}
