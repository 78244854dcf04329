/** The frame of the console, and words that several of its pages share. */
export const console = {
  title: 'Console',
  menu: 'Menu',
  openMenu: 'Open menu',
  closeMenu: 'Close menu',
  nav: {
    project: 'Project',
    overview: 'Overview',
    users: 'Users',
    schemas: 'Schemas',
    audit: 'Audit log',
    settings: 'Settings',
    organization: 'Organization',
    projects: 'Projects',
    operators: 'Operators',
    organizationSettings: 'Settings',
  },
  switcher: {
    organization: 'Organization: {name}',
    project: 'Project: {name}',
    newOrganization: 'New organization',
    newProject: 'New project',
    allOrganizations: 'All organizations',
  },
  home: {
    title: 'Choose a project',
    help: 'Each project has its own domain, people, API credentials and settings.',
    noProjects: 'No project yet',
  },
  roles: { owner: 'Owner', admin: 'Admin', viewer: 'Viewer' },
  noPermission: {
    title: 'Your role may not do this',
    body: 'You are {role} of {organization}. Ask an owner or admin if you need more.',
  },
  copyAsCurl: 'Copy as curl',
} as const;
