alter table levels add column usual_location_id bigint,
  add constraint levels_usual_location_id_fkey foreign key (usual_location_id, warehouse_id) references locations (id, warehouse_id);
create index levels_usual_location_id_idx on levels (usual_location_id, warehouse_id) where usual_location_id is not null;
comment on column levels.usual_location_id is 'The bin it is put away into first; null: any.';
