export { findPicture } from './repository';
export { readPicture } from './service/read';
export { newPictureId, replacePicture } from './service/replace';
