/** The folders of the status site's bucket: what everybody may read, and what the publisher alone keeps. */
export const statusFolders = { public: 'public', private: 'private' } as const;
