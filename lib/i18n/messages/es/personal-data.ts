import type { PersonNamespace } from '../../catalogue';

export const personalData: PersonNamespace<'personalData'> = {
  title: '{name}: sus datos en {project}',
  lead: 'Creado el {date}. Las horas están en UTC. signet-data.json contiene los mismos datos para programas. No se incluyen secretos ni claves.',
  profile: 'Perfil',
  verified: 'Correos verificados',
  id: 'ID de la cuenta',
  created: 'Creado',
  changed: 'Último cambio',
  externalId: 'ID externo',
  metadata: 'Otros datos',
  name: 'Nombre',
  kept: 'Almacenamiento',
  lastUsed: 'Último uso',
  never: 'Nunca',
  device: 'Dispositivo',
  address: 'Dirección IP',
  signedIn: 'Inicio de sesión',
  lastSeen: 'Última actividad',
  expires: 'Caduca',
  unused: 'Sin usar',
  otherDevices: 'Códigos para otros dispositivos',
  outcome: 'Resultado',
  pairing:
    '{state, select, requested {Solicitó añadir una llave de acceso} confirmed {Confirmado} used {Añadió una llave de acceso} refused {Rechazado} cancelled {Cancelado} other {No se usó}}',
  allowed: 'Permitido',
  none: 'Ninguno',
};
