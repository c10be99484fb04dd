package dev.nanoctl.server.media;

import dev.nanoctl.server.media.store.ObjectKey;
import dev.nanoctl.server.media.store.ObjectStore;
import dev.nanoctl.server.media.store.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What a self-test brought into the object store, which goes at once and for good. */
public final class TrialMedia {
  private final ObjectStore objects;
  private final UploadStore uploads = new UploadStore();
  private final PackageStore packages = new PackageStore();

  /** In that store. */
  public TrialMedia(ObjectStore objects) {
    this.objects = objects;
  }

  /** Removes all uploads of one account: their chunks by name, also those without a row. */
  public void removeUploads(Handle tx, UUID owner) {
    for (UUID id : uploads.ofOwner(tx, owner)) {
      chunks(id).forEach(objects::delete);
      uploads.delete(tx, id);
    }
  }

  /** Removes a package with its object, unless a version of somebody else's has it, too. */
  public void removePackage(Handle tx, UUID id) {
    packages
        .find(tx, id)
        .ifPresent(found -> {
          packages.lock(tx, found.sha256());
          if (packages.delete(tx, id)) {
            objects.delete(ObjectKey.ofPackage(found.sha256()));
          }
        });
  }

  /** The objects that are left of an upload, where there was one, and of a package. */
  public List<ObjectKey> left(Optional<UUID> upload, Sha256 sha256) {
    List<ObjectKey> left = new ArrayList<>();
    upload.map(this::chunks).ifPresent(left::addAll);
    ObjectKey key = ObjectKey.ofPackage(sha256);
    if (objects.head(key).isPresent()) {
      left.add(key);
    }
    return left;
  }

  private List<ObjectKey> chunks(UUID upload) {
    List<ObjectKey> keys = new ArrayList<>();
    objects.list("uploads/" + upload + "/", chunk -> keys.add(chunk.key()));
    return keys;
  }
}
