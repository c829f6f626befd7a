drop table product_pictures;
