/** Some of the invented people of the demo's data. Their accounts protect nothing, so their password may stand here. */
export const demoPeople = [
  { id: '6b0c1c55-4f0e-4f55-9d5c-3b0a5d7b1a01', username: 'lina', fullName: 'لينا الخطيب' },
  { id: 'c1d9b1f4-0f6b-4d7e-9a29-2f4f7b6e8d04', username: 'omar', fullName: 'Omar Haddad' },
  { id: 'f35692ee-31f0-457f-9b49-29cef39b3d12', username: 'sara', fullName: 'Sara Lindqvist' },
  { id: 'e495f432-0ee9-48df-8d8e-6bf3f56cba6d', username: 'yusuf', fullName: 'يوسف الأمين' },
] as const;

export const demoPassword = 'hudhud-demo';
