import { createContext } from 'react';

/** Where the file is that a client on this machine has to trust, as config.json says; absent where it trusts all hosts already. */
export const CertificateAuthority = createContext<string | undefined>(undefined);
