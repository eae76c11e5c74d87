import type { ReactNode } from 'react';

/** Something went wrong; read out at once. */
export function Notice({ children }: { readonly children: ReactNode }) {
  return (
    <div className="notice" role="alert">
      {children}
    </div>
  );
}
