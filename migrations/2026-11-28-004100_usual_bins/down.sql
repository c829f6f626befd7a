alter table levels drop column usual_location_id;
