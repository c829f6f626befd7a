-- Looking back at a day asks for the orders that were closed since, however many were closed before.
create index orders_closed_at_idx on orders (closed_at) where closed_at is not null;
