// Where in the page the person is, as the part of the address behind the #.

export type AdminTab = 'people' | 'rooms' | 'connections' | 'audit';
export const adminTabs: readonly AdminTab[] = ['people', 'rooms', 'connections', 'audit'];

export type Route =
  | { page: 'home' }
  | { page: 'room'; room: string; message?: number }
  | { page: 'admin'; tab: AdminTab };

export function parseRoute(hash: string): Route {
  const [page, second, third] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (page === 'room' && second) {
    const message = Number(third);
    return third && Number.isSafeInteger(message) && message > 0 ? { page: 'room', room: second, message } : { page: 'room', room: second };
  }
  if (page === 'admin') return { page: 'admin', tab: adminTabs.find((tab) => tab === second) ?? 'people' };
  return { page: 'home' };
}

export function hashOf(route: Route): string {
  switch (route.page) {
    case 'home': return '#/';
    case 'admin': return `#/admin/${route.tab}`;
    case 'room': return `#/room/${encodeURIComponent(route.room)}${route.message === undefined ? '' : `/${route.message}`}`;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
